from tongxing.accounts.keys import ring

__all__ = ["ring"]
