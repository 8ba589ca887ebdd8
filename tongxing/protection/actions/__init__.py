"""Protecting where somebody lives, saying who may know it, changing it when they move, and lifting it."""

from tongxing.protection.actions.protecting import lift, name_staff, protect, unname
from tongxing.protection.actions.relocating import Place, relocate

__all__ = ["Place", "lift", "name_staff", "protect", "relocate", "unname"]
