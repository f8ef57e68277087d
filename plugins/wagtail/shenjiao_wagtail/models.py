"""What Django and the site's own models look for here."""

from shenjiao_wagtail.gated_page import ProofreadBeforePublishing
from shenjiao_wagtail.record import ProofreadingRecord
from shenjiao_wagtail.task import MachineProofreading

__all__ = ["MachineProofreading", "ProofreadBeforePublishing", "ProofreadingRecord"]
