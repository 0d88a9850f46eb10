"""The one catalogue of the finance tables; apart, so that each subject can add its own."""

from sqlalchemy import MetaData

metadata = MetaData()
