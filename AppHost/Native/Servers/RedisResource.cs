using System.Globalization;
using System.Net.Sockets;
using System.Text;
using HaLong.AppHost.Native;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Redis server.</summary>
public class RedisResource : ServerResource
{
    private readonly Func<string> _password;

    internal RedisResource(string name, ParameterResource password, int? port) : base(name)
    {
        _password = password.Expression.Value;
        Template = $"{{{name}.bindings.tcp.host}}:{{{name}.bindings.tcp.port}},password={password.Expression.Manifest}";
        Endpoints.Add(new Endpoint("tcp", "tcp", Host, port, null, null) { ContainerPort = 6379 });
        Environment.Add(("REDIS_PASSWORD", password.Expression));
    }

    internal override string Kind => "redis";

    internal override string Image => "docker.io/library/redis:8.2";

    internal override string DataFolder => "/data";

    internal override string Template { get; }

    internal bool AppendOnly { get; set; }

    internal override string Describe() => $"{Host}:{PortNumber},password={_password()}";

    internal override async Task<LaunchSpec> PrepareAsync(Preparation preparation, CancellationToken ct)
    {
        var server = Programs.Find("Redis", "redis-server", "redis-server", "/usr/bin/redis-server");
        var home = preparation.Folder.Data(Name, KeepsData);
        var settings = Path.Combine(home, "redis.conf");
        // In a file and not among the arguments: those are visible to every user of the machine.
        RunFolder.WriteAtomically(
            settings,
            $"""
            bind {Host}
            port {PortNumber.ToString(CultureInfo.InvariantCulture)}
            dir {Quoted(home)}
            requirepass {Quoted(_password())}
            appendonly {(AppendOnly ? "yes" : "no")}
            daemonize no
            """ + "\n",
            UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await Task.CompletedTask;
        return new LaunchSpec(server, [settings], home);
    }

    internal override async Task<string?> ProbeAsync(CancellationToken ct)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(TimeSpan.FromSeconds(2));
            using var client = new TcpClient();
            await client.ConnectAsync(Host, PortNumber, limit.Token);
            var stream = client.GetStream();
            var password = _password();
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"*2\r\n$4\r\nAUTH\r\n${Encoding.UTF8.GetByteCount(password)}\r\n{password}\r\n*1\r\n$4\r\nPING\r\n"), limit.Token);
            using var reader = new StreamReader(stream);
            var (authenticated, pong) = (await reader.ReadLineAsync(limit.Token), await reader.ReadLineAsync(limit.Token));
            return authenticated == "+OK" && pong == "+PONG" ? null : $"{authenticated} {pong}";
        }
        catch (Exception exception) when (exception is SocketException or IOException || (exception is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return exception.Message;
        }
    }

    private static string Quoted(string value) =>
        $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
