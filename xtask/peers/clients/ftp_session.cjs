// One session of npm's basic-ftp: ftp_session.cjs PORT PASSWORD CASE. Fetches and stores in the working folder; fails
// where an answer is not as it should be.
const assert = require("node:assert");
const fs = require("node:fs");
const ftp = require("basic-ftp");

const [port, password, name] = process.argv.slice(2);
const client = new ftp.Client(60_000);

async function named() {
    client.close();
    await client.connect("127.0.0.1", Number(port));
    await client.login("phones", password);
    await client.useDefaultSettings();
}
const retrieve = () => client.downloadTo("got", "phone.bin");
const store = (to = "4711_data.txt", from = "local") => client.uploadFrom(from, to);
const refused = (code, what) =>
    assert.rejects(what, (why) => why instanceof ftp.FTPError && String(why.code).startsWith(code));

async function listed(command) {
    client.availableListCommands = [command];
    const found = (await client.list()).find((file) => file.name === "phone.bin");
    assert.deepStrictEqual([found.isFile, found.size], [true, 300007]);
}

const CASES = {
    "retrieve, with a name": async () => (await named(), await retrieve()),
    "store over an older file": async () => (await store("4711_data.txt", "lines"), await store()),
    "store in a new directory (MKD)": async () => {
        await named();
        await client.ensureDir("new");
        await store("any.name");
    },
    "resume (REST)": () => client.downloadTo("part", "phone.bin", fs.statSync("part").size),
    LIST: () => listed("LIST"),
    MLSD: () => listed("MLSD"),
    "SIZE, MDTM": async () => {
        assert.strictEqual(await client.size("phone.bin"), 300007);
        assert.ok((await client.lastMod("phone.bin")) <= new Date());
    },
    "64 MB": () => client.downloadTo("got", "large.bin"),
    "wrong password": () => refused("530", client.login("phones", "wrong")),
    "missing file": () => refused("550", client.downloadTo("none", "none.bin")),
    "missing directory (CWD)": () => refused("550", client.cd("none")),
    "store another name, anonymous": () => refused("55", store("other.txt")),
};

async function main() {
    const way = name.endsWith("PASV") ? "enterPassiveModeIPv4" : "enterPassiveModeIPv6";
    client.prepareTransfer = ftp[way];
    await client.connect("127.0.0.1", Number(port));
    if (name !== "wrong password") {
        await client.login();
        await client.useDefaultSettings();
    }
    await (CASES[name] ?? (name.startsWith("store") ? () => store() : retrieve))();
    client.close();
}

main().catch((why) => {
    console.error(why);
    process.exit(1);
});
