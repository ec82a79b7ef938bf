"""The language server: findings while people type, with their reasons and what could be done about them.

``editing`` says what an editor is shown, as plain data; ``server`` speaks the protocol, through pygls.
"""
