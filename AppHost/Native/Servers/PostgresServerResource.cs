using System.Globalization;
using HaLong.AppHost.Native;
using Npgsql;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A PostgreSQL server.</summary>
public class PostgresServerResource : ServerResource
{
    private const int OldestVersion = 15;
    private readonly Func<string> _user, _password;
    private NpgsqlDataSource? _probe;

    internal PostgresServerResource(string name, Expression user, ParameterResource password, int? port) : base(name)
    {
        (_user, _password) = (user.Value, password.Expression.Value);
        Template = $"Host={{{name}.bindings.tcp.host}};Port={{{name}.bindings.tcp.port}};Username={user.Manifest};Password={password.Expression.Manifest}";
        Endpoints.Add(new Endpoint("tcp", "tcp", Host, port, null, null) { ContainerPort = 5432 });
        Environment.AddRange(
        [
            ("POSTGRES_HOST_AUTH_METHOD", Expression.Literal("scram-sha-256")),
            ("POSTGRES_INITDB_ARGS", Expression.Literal("--auth-host=scram-sha-256 --auth-local=scram-sha-256")),
            ("POSTGRES_USER", user),
            ("POSTGRES_PASSWORD", password.Expression),
        ]);
    }

    internal override string Kind => "postgres";

    internal override string Image => "docker.io/library/postgres:17.6";

    internal override string DataFolder => "/var/lib/postgresql/data";

    internal override string Template { get; }

    internal override string Describe() => new NpgsqlConnectionStringBuilder
    {
        Host = Host,
        Port = PortNumber,
        Username = _user(),
        Password = _password(),
    }.ConnectionString;

    internal override async Task<LaunchSpec> PrepareAsync(Preparation preparation, CancellationToken ct)
    {
        // PostgreSQL refuses to run as root.
        var user = System.Environment.IsPrivilegedProcess ? SystemUser.Find("postgres") ?? SystemUser.Find("nobody") : null;
        var folder = preparation.Folder;
        var home = user is null ? folder.Data(Name, KeepsData) : await folder.DataForAsync(Name, KeepsData, user, ct);
        var data = Path.Combine(home, "pgdata");
        var version = Path.Combine(data, "PG_VERSION");
        var binaries = Binaries(File.Exists(version) ? (await File.ReadAllTextAsync(version, ct)).Trim() : null);
        if (!File.Exists(version))
            await InitialiseAsync(binaries, home, data, user, folder.IsEphemeral, ct);
        List<string> arguments =
        [
            "-D", data, "-h", Host, "-p", PortNumber.ToString(CultureInfo.InvariantCulture), "-c", "unix_socket_directories=", "-c", "max_connections=500",
            .. folder.IsEphemeral ? ["-c", "fsync=off", "-c", "full_page_writes=off"] : Array.Empty<string>(),
            .. (preparation.Configuration["PostgresSettings"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).SelectMany(s => new[] { "-c", s }),
        ];
        // SIGINT is PostgreSQL's fast stop: it does not wait for clients to go.
        return new LaunchSpec(Path.Combine(binaries, "postgres"), arguments, home) { User = user, StopSignal = Libc.Interrupt };
    }

    internal override async Task<string?> ProbeAsync(CancellationToken ct)
    {
        try
        {
            _probe ??= NpgsqlDataSource.Create($"{Describe()};Database=postgres;Timeout=2;Command Timeout=2;Maximum Pool Size=2;Application Name=apphost");
            await using var command = _probe.CreateCommand("select 1");
            await command.ExecuteScalarAsync(ct);
            return null;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
        {
            return exception.Message;
        }
    }

    internal async Task EnsureDatabaseAsync(string database, CancellationToken ct)
    {
        await ProbeAsync(ct);
        if (_probe is null)
            return;
        await using var exists = _probe.CreateCommand("select 1 from pg_database where datname = $1");
        exists.Parameters.AddWithValue(database);
        if (await exists.ExecuteScalarAsync(ct) is not null)
            return;
        await using var create = _probe.CreateCommand($"create database \"{database.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        await create.ExecuteNonQueryAsync(ct);
    }

    private async Task InitialiseAsync(string binaries, string home, string data, SystemUser? user, bool ephemeral, CancellationToken ct)
    {
        // A folder without PG_VERSION is what an interrupted initdb has left.
        if (Directory.Exists(data))
            Directory.Delete(data, recursive: true);
        var passwordFile = Path.Combine(home, "initial-password");
        RunFolder.WriteAtomically(passwordFile, _password(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (user is not null)
            Libc.Own(passwordFile, user);
        var (exitCode, output) = await Launcher.RunAsync(
            new LaunchSpec(
                Path.Combine(binaries, "initdb"),
                ["-D", data, "-U", _user(), $"--pwfile={passwordFile}", "-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", .. ephemeral ? ["--no-sync"] : Array.Empty<string>()],
                home)
            { User = user },
            ct);
        File.Delete(passwordFile);
        if (exitCode != 0)
            throw new DistributedApplicationException($"initdb ended with {exitCode}: {output}");
    }

    /// <summary>The newest installed PostgreSQL, or the one that made the data.</summary>
    private static string Binaries(string? dataVersion)
    {
        const string root = "/usr/lib/postgresql";
        var installed = (Directory.Exists(root) ? Directory.GetDirectories(root) : [])
            .Select(folder => (Version: Path.GetFileName(folder), Folder: Path.Combine(folder, "bin")))
            .Where(f => int.TryParse(f.Version, out var major) && major >= OldestVersion && File.Exists(Path.Combine(f.Folder, "initdb")))
            .OrderByDescending(f => int.Parse(f.Version, CultureInfo.InvariantCulture)).ToList();
        if (dataVersion is not null && installed.Count > 0)
        {
            return installed.Find(f => f.Version == dataVersion).Folder
                ?? throw new DistributedApplicationException(
                    $"The data were written by PostgreSQL {dataVersion}, which is not installed any more. Install it, or drop the data (./run.sh --reset).");
        }

        return installed is [var newest, ..] ? newest.Folder : Path.GetDirectoryName(Programs.Find("PostgreSQL", "postgresql", "initdb"))!;
    }
}

/// <summary>A database of a PostgreSQL server.</summary>
public class PostgresDatabaseResource : Resource, IResourceWithConnectionString, IResourceWithWaitSupport
{
    internal PostgresDatabaseResource(string name, string databaseName, PostgresServerResource parent) : base(name) => (DatabaseName, Server, Parent) = (databaseName, parent, parent);

    /// <summary>The name inside the server.</summary>
    public string DatabaseName { get; }

    internal PostgresServerResource Server { get; }

    internal override string Kind => "database";

    internal override bool HasProcess => false;

    internal override Expression ConnectionString => new(() => $"{Server.Describe()};Database={DatabaseName}", $"{{{Name}.connectionString}}");

    /// <inheritdoc />
    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult<string?>(ConnectionString.Value());
}
