vaultlink connect hashicorp hcv --address https://vault.example.com
