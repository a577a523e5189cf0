/** What a program that gives credentials needs of its caller's environment, besides what its provider declares. */
export const PROGRAM_VARIABLES: readonly string[] = [
  ...["PATH", "HOME", "USER", "LOGNAME", "LANG", "TMPDIR", "XDG_*", "DISPLAY", "WAYLAND_DISPLAY", "SSH_AUTH_SOCK"],
  ...["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "all_proxy", "no_proxy"],
  ...["SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS", "DBUS_SESSION_BUS_ADDRESS"],
];
