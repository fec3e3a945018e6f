use std::{net::SocketAddr, path::Path, sync::Arc};

use crate::{
    AnonymousFtp, DiskError, DiskTree, FtpSettings, Names, Protocol, Recorder, ServerError, ServerSettings,
    crowd::Crowd, ftp, http, listen, running::Running, tftp,
};

/// The far side, running. Dropped, it stops as well, without waiting for transfers.
#[derive(Debug)]
pub struct FileServer {
    addresses: Addresses,
    running: Vec<(Protocol, Running)>,
}

/// Where each protocol is served.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Addresses {
    /// TFTP.
    pub tftp: Option<SocketAddr>,
    /// HTTP.
    pub http: Option<SocketAddr>,
    /// HTTPS.
    pub https: Option<SocketAddr>,
    /// FTP.
    pub ftp: Option<SocketAddr>,
}

impl FileServer {
    /// Opens all ports, then serves; if one cannot be opened, none stays open. Must be called on a tokio runtime.
    ///
    /// # Errors
    /// A port, folder or certificate that cannot be used, by name and with a remedy.
    pub async fn start(settings: ServerSettings, recorder: Recorder) -> Result<FileServer, ServerError> {
        let ServerSettings {
            root,
            bind,
            names,
            per_address,
            tftp_port,
            tftp: tftp_settings,
            http_port,
            https,
            ftp,
            kept_after,
            push,
        } = settings;
        let crowd = || Crowd::new(per_address);
        let tree = Arc::new(open(&root, names)?.keeping_after(kept_after));
        let mut backups = None;
        let store = match &ftp {
            Some(ftp) => {
                let folder = backup_folder(&root, names, ftp)?;
                if let AnonymousFtp::MayStore(allowed) = &ftp.anonymous {
                    backups = http::Backups::new(&tree, folder.clone(), names, allowed.clone());
                }
                Some((ftp.port, ftp::Store::new(folder, recorder.clone(), ftp, crowd())))
            }
            None => None,
        };
        let https = match https {
            Some(https) => Some((https.port, https.identity.server_config()?)),
            None => None,
        };
        let site = |tls| http::Site {
            tree: Some(tree.clone()),
            recorder: recorder.clone(),
            tls,
            crowd: crowd(),
            backups: backups.clone(),
            push: push.clone(),
        };

        tree.remove_leftovers();
        if let Some((_, store)) = &store {
            store.remove_leftovers(&tree);
        }

        let tftp = tftp_port.map(|port| listen::tftp(bind, port)).transpose()?;
        let http = http_port.map(|port| listen::tcp(Protocol::Http, bind, port)).transpose()?;
        let https =
            https.map(|(port, tls)| listen::tcp(Protocol::Https, bind, port).map(|bound| (bound, tls))).transpose()?;
        let ftp = store
            .map(|(port, store)| listen::tcp(Protocol::Ftp, bind, port).map(|bound| (bound, store)))
            .transpose()?;

        let mut server = FileServer { addresses: Addresses::default(), running: Vec::new() };
        if let Some((socket, address)) = tftp {
            let desk = tftp::Desk::new(tree.clone(), recorder.clone(), tftp_settings, crowd());
            server.add(Protocol::Tftp, tftp::start(socket, address, desk));
        }
        if let Some((listener, address)) = http {
            server.add(Protocol::Http, http::start(listener, address, site(None)));
        }
        if let Some(((listener, address), tls)) = https {
            server.add(Protocol::Https, http::start(listener, address, site(Some(tls))));
        }
        if let Some(((listener, address), store)) = ftp {
            server.add(Protocol::Ftp, ftp::start(listener, address, store));
        }
        Ok(server)
    }

    /// Where each protocol is, or was, served.
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// Stops all protocols: closes their ports, lets transfers end for a moment, ends the rest.
    pub async fn stop(mut self) {
        while let Some((protocol, running)) = self.running.pop() {
            end(protocol, running).await;
        }
    }

    /// Stops FTP alone.
    pub async fn stop_ftp(&mut self) {
        self.stop_one(Protocol::Ftp).await;
    }

    /// Stops one protocol; the others go on.
    pub async fn stop_one(&mut self, protocol: Protocol) {
        if let Some(index) = self.running.iter().position(|(other, _)| *other == protocol) {
            let (protocol, running) = self.running.remove(index);
            end(protocol, running).await;
        }
    }

    fn add(&mut self, protocol: Protocol, running: Running) {
        let address = Some(running.address);
        tracing::info!(%protocol, address = %running.address, "serving");
        match protocol {
            Protocol::Tftp => self.addresses.tftp = address,
            Protocol::Http => self.addresses.http = address,
            Protocol::Https => self.addresses.https = address,
            Protocol::Ftp => self.addresses.ftp = address,
        }
        self.running.push((protocol, running));
    }
}

async fn end(protocol: Protocol, running: Running) {
    let address = running.address;
    running.stop().await;
    tracing::info!(%protocol, %address, "stopped");
}

fn open(folder: &Path, names: Names) -> Result<DiskTree, ServerError> {
    let tree = DiskTree::open(folder, names);
    tree.map_err(|source| ServerError::Folder { folder: folder.to_owned(), source })
}

/// The folder for backup files, made if missing, and tried.
fn backup_folder(root: &Path, names: Names, ftp: &FtpSettings) -> Result<Arc<DiskTree>, ServerError> {
    if let Some(range) = &ftp.passive_ports
        && (range.is_empty() || *range.start() == 0)
    {
        return Err(ServerError::PassivePorts { first: *range.start(), last: *range.end() });
    }
    let folder = root.join(&ftp.folder);
    let read_only = |source| ServerError::FolderReadOnly { folder: folder.clone(), source };
    std::fs::create_dir_all(&folder)
        .map_err(|source| read_only(DiskError::Io { path: folder.display().to_string(), source }))?;
    let tree = open(&folder, names)?.keeping(ftp.versions).syncing(ftp.sync);
    tree.check_writable().map_err(read_only)?;
    Ok(Arc::new(tree))
}
