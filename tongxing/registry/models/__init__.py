"""The registry's nouns."""

from tongxing.registry.models.certificate import Certificate, Finding
from tongxing.registry.models.household import Guardian, Household, Member
from tongxing.registry.models.person import Person, new_serial
from tongxing.registry.models.protection import KeptPlace, Named, Protection
from tongxing.registry.models.status import ListReceived, Status

__all__ = [
    "Certificate",
    "Finding",
    "Guardian",
    "Household",
    "KeptPlace",
    "ListReceived",
    "Member",
    "Named",
    "Person",
    "Protection",
    "Status",
    "new_serial",
]
