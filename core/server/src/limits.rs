//! Every limit on what comes from outside.

use std::time::Duration;

/// Connections waiting to be accepted. With 1,024 a crowd of clients saw stalls of seconds.
pub const BACKLOG: u32 = 4096;

/// Connections served at once, per protocol; further ones wait in the backlog.
pub const CONNECTIONS_MAX: usize = 4096;

/// Connections, or TFTP transfers, of one address at once, per protocol, unless the settings say otherwise: half of all
/// places, so that one address cannot shut the others out. Further ones are turned away.
pub const PER_ADDRESS_DEFAULT: usize = 2048;

/// TFTP transfers at once; further requests are dropped, and clients repeat them.
pub const TFTP_TRANSFERS_MAX: usize = 2048;

/// Receive buffer asked for the TFTP port, in bytes. A whole lab may switch on at once.
pub const TFTP_BUFFER: usize = 4 * 1024 * 1024;

/// Largest TFTP datagram that is read, in bytes.
pub const DATAGRAM_MAX: usize = 65_536;

/// Largest file sent over TFTP, in bytes: it is held in memory while it is sent.
pub const TFTP_FILE_MAX: u64 = 256 * 1024 * 1024;

/// Largest file that is stored over TFTP, in bytes: it is held in memory until it is whole.
pub const TFTP_STORE_MAX: u64 = 16 * 1024 * 1024;

/// Files stored over TFTP at once; further ones are refused.
pub const TFTP_STORES_MAX: usize = 64;

/// FTP transfers at once; further ones wait.
pub const FTP_TRANSFERS_MAX: usize = 2048;

/// Largest file that is stored over FTP, in bytes.
pub const FTP_STORE_MAX: u64 = 64 * 1024 * 1024;

/// Time in which an FTP client must have logged in.
pub const FTP_LOGIN_TIME: Duration = Duration::from_secs(60);

/// Wrong passwords in one FTP session before it is closed.
pub const FTP_LOGINS_MAX: u32 = 3;

/// Wrong passwords of one address, over all its FTP sessions, before it may try none for a while.
pub const FTP_ADDRESS_LOGINS_MAX: u32 = 20;

/// For how long the wrong passwords of an address count, from the first one on.
pub const FTP_ADDRESS_LOGINS_TIME: Duration = Duration::from_secs(600);

/// Addresses whose wrong passwords are remembered; beyond that the oldest are forgotten.
pub const FTP_REFUSED_ADDRESSES_MAX: usize = 4096;

/// Longest FTP command with its end, in bytes: a path of 4,096 (Linux's `PATH_MAX`) and a verb would be more, but no
/// name that is served is so long. Longer ones are refused.
pub const FTP_LINE_MAX: usize = 2048;

/// Bytes that all commands of one FTP session may have, one without an end included.
pub const FTP_COMMANDS_MAX: u64 = 8 * 1024 * 1024;

/// Lowest port that an FTP client may ask to be called at; those below belong to the system's services.
pub const FTP_DATA_PORT_MIN: u16 = 1024;

/// Connections of others that are sent away while the FTP server awaits one.
pub const FTP_STRANGERS_MAX: usize = 1000;

/// An FTP session without a command for so long is closed.
pub const FTP_IDLE: Duration = Duration::from_secs(600);

/// An FTP data connection on which nothing moves for so long is given up.
pub const FTP_DATA_IDLE: Duration = Duration::from_secs(60);

/// Time in which a whole file must have come or gone over FTP, however steadily a byte moves now and then.
pub const FTP_TRANSFER_TIME: Duration = Duration::from_secs(3600);

/// Time in which an FTP data connection must have come about.
pub const FTP_DATA_CONNECT: Duration = Duration::from_secs(15);

/// How often a stored file's session is asked whether the client gave up.
pub const FTP_ABORT_LOOK: Duration = Duration::from_millis(100);

/// How long after its last byte a stored file waits for the news that its client is gone. A process that is killed
/// closes its connections one after the other, the data connection first.
pub const FTP_LAST_LOOK: Duration = Duration::from_millis(5);

/// Bytes of FTP commands read at once.
pub const FTP_COMMAND_CHUNK: usize = 512;

/// Ports tried for one passive data connection.
pub const PASSIVE_TRIES: u16 = 512;

/// Bytes moved at once between disk and network.
pub const CHUNK: usize = 64 * 1024;

/// Open TFTP ports that no transfer has.
pub const TFTP_PORTS_KEPT_MAX: usize = 256;

/// So many others are used before a TFTP port is used again.
pub const TFTP_PORTS_RESTING: usize = 32;

/// Transfers after which a TFTP port is closed.
pub const TFTP_PORT_TRANSFERS_MAX: u32 = 64;

/// A file that has changed less than this ago is not kept in memory, unless the settings say otherwise.
pub const KEPT_AFTER_DEFAULT: Duration = Duration::from_secs(3);

/// Largest file that is kept in memory, in bytes: an application file.
pub const KEPT_FILE_MAX: u64 = 4 * 1024 * 1024;

/// Bytes of all files that are kept in memory.
pub const KEPT_BYTES_MAX: u64 = 32 * 1024 * 1024;

/// Files that are kept in memory.
pub const KEPT_FILES_MAX: usize = 4096;

/// Bytes moved at once from a file in memory to the network.
pub const KEPT_CHUNK: usize = 256 * 1024;

/// Bytes that a whole HTTP request head may have.
pub const HTTP_HEAD_MAX: usize = 16 * 1024;

/// Headers in one HTTP request.
pub const HTTP_HEADERS_MAX: usize = 64;

/// Time in which an HTTP request head must arrive, and for which an idle connection is kept.
pub const HTTP_HEAD_TIME: Duration = Duration::from_secs(15);

/// An HTTP client that takes no byte for so long is given up.
pub const HTTP_STALL: Duration = Duration::from_secs(60);

/// Time in which a client must have taken a whole answer, however steadily it takes a byte now and then.
pub const HTTP_ANSWER_TIME: Duration = Duration::from_secs(3600);

/// Connections to the metrics at once; further ones wait in the backlog.
pub const METRICS_CONNECTIONS_MAX: usize = 16;

/// Time in which a client of the metrics must have taken them.
pub const METRICS_TIME: Duration = Duration::from_secs(10);

/// Time in which a TLS handshake must be done.
pub const TLS_HANDSHAKE_TIME: Duration = Duration::from_secs(10);

/// How long transfers under way may go on when the server is stopped.
pub const STOP_GRACE: Duration = Duration::from_secs(2);

/// Longest asked path kept in a record, in characters.
pub const ASKED_MAX: usize = 255;

/// Longest name of a transfer that is taken over from a client, in bytes.
pub const TRANSFER_ID_MAX: usize = 64;

/// Largest backup file that is stored over HTTP, in bytes: no phone retrieves a larger one. It is held in memory until
/// it is whole.
pub const HTTP_STORE_MAX: usize = deskset_files::limits::BACKUP_BYTES_MAX;

/// Time in which a file that is stored over HTTP must have come.
pub const HTTP_STORE_TIME: Duration = Duration::from_secs(60);

/// Bytes of a file that is not stored over HTTP which are read and forgotten, so that the client hears why.
pub const HTTP_UNWANTED_MAX: usize = 1024 * 1024;

/// Time for them.
pub const HTTP_UNWANTED_TIME: Duration = Duration::from_secs(2);

/// Folders inside folders that are listed.
pub const DEPTH_MAX: usize = 32;

/// Names read from one folder, and files listed in all.
pub const FILES_MAX: usize = 1_000_000;

/// Largest certificate or key file that is read, in bytes.
pub const PEM_MAX: u64 = 1024 * 1024;

/// Names tried for a file on its way in.
pub const PART_TRIES: usize = 1000;

/// The longest line of a transfer log, in bytes.
pub const LOG_LINE_BYTES_MAX: usize = 16 * 1024;

/// The most transfers that are kept of a log; older ones are left out.
pub const LOG_KEPT_MAX: usize = 10_000;

/// Phones that a directory knows; for one more the one longest unheard of is forgotten.
pub const SUBSCRIPTIONS_MAX: usize = 100_000;

/// How long a phone is known after it subscribed (project rule). It subscribes again when it registers, and when a push
/// asks for it.
pub const SUBSCRIPTION_AGE_MAX: Duration = Duration::from_secs(7 * 24 * 3600);

/// The largest file of a directory, in bytes: every phone that is known, each with the longest words.
pub const SUBSCRIPTIONS_FILE_BYTES_MAX: u64 = 32 * 1024 * 1024;

/// How long changes of a directory are gathered before they are written.
pub const SUBSCRIPTIONS_KEPT_AFTER: Duration = Duration::from_secs(1);

/// The longest extension or set id of a subscription, in bytes.
pub const SUBSCRIPTION_WORD_MAX: usize = 32;

/// Pieces of push content at once.
pub const DOCUMENTS_MAX: usize = 100_000;

/// The largest piece of push content, in bytes: twice what a phone takes of a page.
pub const DOCUMENT_BYTES_MAX: usize = 64 * 1024;
