/** Names of variables that one program, or one kind of programs, takes orders from. */
export interface Family {
  /** Whose they are. */
  readonly of: string;
  /** Where they are documented. */
  readonly source: string;
  /** Names; `*` at one end stands for anything. */
  readonly names: readonly string[];
  /** Names among them that are credentials and no orders. */
  readonly except?: readonly string[];
  /** The programs read them in any case. */
  readonly anyCase?: boolean;
}

/**
 * Variables that make a program load code, run something else, or talk to somebody else. A project file names the links, so
 * these names are refused unless the user's own configuration allows them one by one.
 */
export const FAMILIES: readonly Family[] = [
  {
    of: "dynamic linkers and C libraries",
    source: "ld.so(8); glibc's sysdeps/generic/unsecvars.h; dyld(1)",
    names: [
      ...["LD_*", "DYLD_*", "_RLD*", "LIBPATH", "SHLIB_PATH", "GCONV_PATH", "GLIBC_TUNABLES", "GETCONF_DIR", "LOCPATH"],
      ...["NLSPATH", "MALLOC_*", "HOSTALIASES", "RESOLV_HOST_CONF", "RES_OPTIONS", "LOCALDOMAIN", "TZDIR", "NIS_PATH"],
    ],
  },
  {
    of: "the system and sessions",
    source: "POSIX, XBD chapter 8; XDG Base Directory Specification; sudoers(5), env_delete",
    names: [
      ...[
        "PATH",
        "HOME",
        "SHELL",
        "USER",
        "LOGNAME",
        "PWD",
        "OLDPWD",
        "TMPDIR",
        "TMP",
        "TEMP",
        "TERM",
        "TERMINFO*",
        "TERMCAP",
        "XDG_*",
      ],
      ...["DBUS_*", "DISPLAY", "WAYLAND_DISPLAY", "LISTEN_*", "NOTIFY_SOCKET", "GNUPGHOME", "SUDO_*"],
    ],
  },
  {
    of: "shells",
    source: "bash(1), zshparam(1), ksh(1), fish(1), about_Environment_Variables of PowerShell",
    names: [
      ...["BASH*", "ENV", "SHELLOPTS", "IFS", "PS0", "PS1", "PS2", "PS3", "PS4", "PROMPT", "PROMPT_COMMAND", "RPROMPT"],
      ...["CDPATH", "FPATH", "GLOBIGNORE", "INPUTRC", "ZDOTDIR", "HISTFILE", "HISTCMD", "FCEDIT", "POSIXLY_CORRECT"],
      ...["fish_*", "__fish_*", "PSModulePath", "READNULLCMD", "NULLCMD"],
    ],
  },
  {
    of: "Windows",
    source: "Win32 documentation, Environment Variables and CreateProcess",
    names: [
      ...["ComSpec", "PATHEXT", "SystemRoot", "SystemDrive", "windir", "USERPROFILE", "APPDATA", "LOCALAPPDATA"],
      ...["ProgramData", "ProgramFiles*", "ALLUSERSPROFILE", "__COMPAT_LAYER"],
    ],
  },
  {
    of: "git and other version control",
    source: "git(1), ENVIRONMENT VARIABLES; hg(1); svn(1); cvs(1)",
    names: ["GIT_*", "HG", "HGRCPATH", "HGMERGE", "HGPLAIN*", "SVN_*", "CVS_*"],
    except: ["GIT_TOKEN", "GIT_USERNAME", "GIT_PASSWORD", "GIT_CREDENTIALS", "SVN_USERNAME", "SVN_PASSWORD"],
  },
  {
    of: "editors, pagers and browsers",
    source: "environ(7); less(1); man(1); vim's starting.txt; emacs manual, General Variables",
    names: [
      ...["*EDITOR", "VISUAL", "*PAGER", "*BROWSER", "LESS", "LESSOPEN", "LESSCLOSE", "LESSKEY*", "LESSEDIT", "MORE"],
      ...["MANOPT", "MANROFFOPT", "MANPATH", "EXINIT", "VIMINIT", "VIM", "VIMRUNTIME", "MYVIMRC", "EMACS*", "ESHELL"],
    ],
  },
  {
    of: "make and compilers",
    source:
      "GNU make manual, Implicit Variables and Options/Recursion; gcc manual, Environment Variables; pkg-config(1)",
    names: [
      ...["MAKE*", "GNUMAKEFLAGS", "MFLAGS", "*FLAGS", "CC", "CXX", "CPP", "LD", "AR", "AS", "FC", "LEX", "YACC", "RM"],
      ...["CO", "GET", "PC", "M2C", "TEX", "TEXI2DVI", "WEAVE", "CWEAVE", "TANGLE", "CTANGLE", "LINT", "LDLIBS"],
      ...["GCC_*", "COMPILER_PATH", "LIBRARY_PATH", "CPATH", "*_INCLUDE_PATH", "PKG_CONFIG*", "CMAKE_*", "NINJA_*"],
    ],
  },
  {
    of: "Node.js and its package managers",
    source:
      "node(1); npm's config page; yarnpkg.com/configuration; pnpm.io/settings; Deno's and Bun's pages on variables",
    names: [
      "NODE_*",
      "YARN_*",
      "COREPACK_*",
      "NVM_*",
      "VOLTA_*",
      "DENO_*",
      "BUN_*",
      "ELECTRON_*",
      "TS_NODE_*",
      "NPX_*",
    ],
    except: ["NODE_AUTH_TOKEN", "YARN_NPM_AUTH_TOKEN", "DENO_AUTH_TOKENS", "DENO_DEPLOY_TOKEN"],
  },
  {
    of: "npm's and pnpm's settings",
    source: "npm's config page: names that begin with npm_config_, in any case",
    names: ["npm_config_*", "pnpm_config_*"],
    anyCase: true,
  },
  {
    of: "Python and its package managers",
    source: "python(1), Command line and environment; pip's and uv's pages on configuration",
    names: ["PYTHON*", "PIP_*", "PIPX_*", "UV_*", "VIRTUAL_ENV*", "CONDA_*", "IPYTHONDIR", "JUPYTER_*"],
    except: ["UV_PUBLISH_TOKEN", "UV_PUBLISH_USERNAME", "UV_PUBLISH_PASSWORD", "JUPYTER_TOKEN"],
  },
  {
    of: "Perl, Ruby, PHP, Lua, R, Julia, Tcl, Erlang, Guile, Haskell, awk",
    source: "perlrun(1), ruby(1), php(1), lua(1), R's ?Startup, erl(1), and the manuals of the others",
    names: [
      ...["PERL*", "RUBY*", "GEM_*", "BUNDLE_*", "BUNDLER_*", "RBENV_*", "PHP_*", "PHPRC", "COMPOSER_*", "LUA_*"],
      ...[
        "R_PROFILE*",
        "R_ENVIRON*",
        "R_LIBS*",
        "R_HOME",
        "R_DEFAULT_PACKAGES",
        "JULIA_*",
        "TCLLIBPATH",
        "ERL_*",
        "ELIXIR_*",
        "GUILE_*",
        "GHC*",
        "AWKPATH",
        "AWKLIBPATH",
        "OCAML*",
      ],
    ],
    except: ["RUBYGEMS_API_KEY", "GEM_HOST_API_KEY", "COMPOSER_AUTH"],
  },
  {
    of: "Java and its build tools",
    source: "java(1), JDK_JAVA_OPTIONS; the JVM tool interface's page; the manuals of Maven, Gradle, Ant, sbt, Tomcat",
    names: [
      "JAVA_*",
      "_JAVA_*",
      "JDK_*",
      "JRE_HOME",
      "CLASSPATH",
      "*_OPTS",
      "MAVEN_ARGS",
      "M2_HOME",
      "GRADLE_USER_HOME",
    ],
  },
  {
    of: ".NET",
    source: ".NET documentation, environment variables and the profiling API",
    names: [
      "DOTNET_*",
      "COMPlus_*",
      "COR_*",
      "CORECLR_*",
      "MSBUILD*",
      "NUGET_*",
      "ASPNETCORE_HOSTINGSTARTUPASSEMBLIES",
    ],
    except: ["NUGET_API_KEY", "NUGET_TOKEN"],
  },
  {
    of: "Go and Rust",
    source: "go help environment; the Cargo book, Environment Variables; rustup's page on variables",
    names: [
      ...[
        "GOFLAGS",
        "GOPATH",
        "GOROOT",
        "GOENV",
        "GOBIN",
        "GOTOOLCHAIN",
        "GOTOOLDIR",
        "GOPROXY",
        "GOSUMDB",
        "GONOSUMDB",
      ],
      ...[
        "GONOSUMCHECK",
        "GOINSECURE",
        "GOPRIVATE",
        "GONOPROXY",
        "GOAUTH",
        "GODEBUG",
        "GOVCS",
        "GOWORK",
        "GOCACHEPROG",
      ],
      ...["CGO_*", "CARGO*", "RUST*"],
    ],
    except: ["CARGO_REGISTRY_TOKEN"],
  },
  {
    of: "TLS, proxies and what fetches",
    source: "curl(1), ENVIRONMENT; openssl-env(7); requests' page on SSL; NSS' SSLKEYLOGFILE",
    names: [
      ...[
        "SSL_CERT_*",
        "SSLKEYLOGFILE",
        "OPENSSL_*",
        "CURL_*",
        "WGETRC",
        "REQUESTS_CA_BUNDLE",
        "AWS_CA_BUNDLE",
        "NETRC",
      ],
    ],
  },
  { of: "proxies", source: "curl(1), ENVIRONMENT", names: ["*_proxy"], anyCase: true },
  {
    of: "remote shells and askers of passwords",
    source: "ssh(1), ENVIRONMENT; rsync(1); sudo(8)",
    names: ["*_RSH", "*_ASKPASS", "SSH_*", "AUTOSSH_*", "RSYNC_CONNECT_PROG"],
    except: ["SSH_PRIVATE_KEY", "SSH_PASSWORD", "SSH_PASSPHRASE", "SSH_KEY"],
  },
  {
    of: "tools of clouds and databases, which run what their files say",
    source: "the manuals of kubectl, docker, terraform, ansible, aws, az, gcloud, psql, mysql",
    names: [
      ...["KUBECONFIG", "DOCKER_HOST", "DOCKER_CONFIG", "DOCKER_CONTEXT", "TF_CLI_*", "TF_PLUGIN_*", "TF_DATA_DIR"],
      ...["ANSIBLE_*", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_ENDPOINT_URL*", "AZURE_CONFIG_DIR"],
      ...["CLOUDSDK_*", "PSQLRC", "PGSYSCONFDIR", "PGSERVICEFILE", "LIBMYSQL_*", "MYSQL_HOME", "ODBCINI", "ODBCSYSINI"],
    ],
    except: ["ANSIBLE_VAULT_PASSWORD", "ANSIBLE_BECOME_PASSWORD"],
  },
  {
    of: "desktop toolkits",
    source: "the manuals of GTK, GLib, Qt, GStreamer",
    names: ["GTK_*", "GIO_*", "GST_*", "QT_*", "QML*"],
  },
  { of: "vaultlink", source: "README.md", names: ["VAULTLINK_*"] },
];
