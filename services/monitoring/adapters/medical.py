"""Where the guarantee of medical care is kept."""

from dataclasses import asdict

from sqlalchemy import Connection

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.register import Register
from services.monitoring.adapters.tables import disease_services, diseases, hospital_stays, medical_covers
from services.monitoring.domain.medical.cover import Cover
from services.monitoring.domain.medical.disease import Disease, DiseaseService
from services.monitoring.domain.medical.hospital_stay import HospitalStay
from shared.messaging.bulk import insert_new


class Medical:
    """The registers of medical care, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self._connection = connection
        self.covers = Register(connection, collect, medical_covers, Cover)
        self.stays = Register(connection, collect, hospital_stays, HospitalStay)
        self.diseases = Register(connection, collect, diseases, Disease)

    def add_service(self, service: DiseaseService) -> None:
        """Keep a treatment or a service visit."""
        insert_new(self._connection, disease_services, [asdict(service)])
