vaultlink reauth hcv
