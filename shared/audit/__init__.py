"""The audit trail: what was done by whom, each entry sealed with the digest of the one before."""

from shared.audit.chain import Head, append, head_of
from shared.audit.deed import SYSTEM, By, Deed, Origin, Trace, Who
from shared.audit.sealed import Sealed

__all__ = ["SYSTEM", "By", "Deed", "Head", "Origin", "Sealed", "Trace", "Who", "append", "head_of"]
