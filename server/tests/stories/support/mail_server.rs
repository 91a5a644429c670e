//! A mail server that takes letters and keeps them: as much of SMTP (RFC 5321) as a client without TLS speaks.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

#[derive(Clone)]
pub struct MailServer {
    port: u16,
    taken: Arc<Mutex<Vec<String>>>,
    refuses: Arc<AtomicBool>,
}

impl MailServer {
    pub async fn start() -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    /// Answers whoever calls there from now on.
    pub fn on(listener: TcpListener) -> Self {
        let port = listener.local_addr().unwrap().port();
        let server = Self { port, taken: Arc::default(), refuses: Arc::default() };
        let served = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = served.clone();
                tokio::spawn(async move { server.talk(stream).await });
            }
        });
        server
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// The letters so far, with their headers.
    pub fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }

    /// Its disk is full for one letter.
    pub fn refuse_next(&self) {
        self.refuses.store(true, Ordering::SeqCst);
    }

    async fn talk(&self, mut stream: TcpStream) -> Option<()> {
        let (read, mut write) = stream.split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 ready\r\n").await.ok()?;
        while let Some(line) = lines.next_line().await.ok()? {
            let answer: &[u8] = match line.split(' ').next()? {
                "EHLO" => b"250 localhost\r\n",
                "DATA" if self.refuses.swap(false, Ordering::SeqCst) => b"452 no room\r\n",
                "DATA" => {
                    write.write_all(b"354 go on\r\n").await.ok()?;
                    let mut letter = String::new();
                    while let Some(line) = lines.next_line().await.ok()?.filter(|line| line != ".") {
                        letter.push_str(&line);
                        letter.push('\n');
                    }
                    self.taken.lock().unwrap().push(letter);
                    b"250 taken\r\n"
                }
                _ => b"250 ok\r\n",
            };
            write.write_all(answer).await.ok()?;
        }
        Some(())
    }
}
