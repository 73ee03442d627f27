using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using HaLong.AppHost.Native;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A RabbitMQ broker.</summary>
public class RabbitMQServerResource : ServerResource
{
    private readonly Func<string> _user, _password;
    private int? _distribution, _epmd;

    internal RabbitMQServerResource(string name, Expression user, ParameterResource password, int? port) : base(name)
    {
        (_user, _password) = (user.Value, password.Expression.Value);
        Template = $"amqp://{user.Manifest}:{password.Expression.Manifest}@{{{name}.bindings.tcp.host}}:{{{name}.bindings.tcp.port}}";
        Endpoints.Add(new Endpoint("tcp", "tcp", Host, port, null, null) { ContainerPort = 5672 });
        Environment.AddRange([("RABBITMQ_DEFAULT_USER", user), ("RABBITMQ_DEFAULT_PASS", password.Expression)]);
    }

    internal override string Kind => "rabbitmq";

    internal override string Image => $"docker.io/library/rabbitmq:4.2{(Management is null ? "" : "-management")}";

    internal override string DataFolder => "/var/lib/rabbitmq";

    internal override string Template { get; }

    private Endpoint? Management => Endpoints.Find(e => e.Name == "management");

    internal override string Describe() => $"amqp://{Uri.EscapeDataString(_user())}:{Uri.EscapeDataString(_password())}@{Host}:{PortNumber}";

    internal override async Task<LaunchSpec> PrepareAsync(Preparation preparation, CancellationToken ct)
    {
        var server = Programs.Find("RabbitMQ", "rabbitmq-server", ["/usr/lib/rabbitmq/bin/rabbitmq-server", .. Versions(), "rabbitmq-server"]);
        var home = preparation.Folder.Data(Name, KeepsData);
        foreach (var folder in new[] { "home", "mnesia", "log", "generated" })
            Directory.CreateDirectory(Path.Combine(home, folder));
        var cookie = Path.Combine(home, "home", ".erlang.cookie");
        if (!File.Exists(cookie))
            RunFolder.WriteAtomically(cookie, RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 32), UnixFileMode.UserRead);
        await File.WriteAllTextAsync(Path.Combine(home, "rabbitmq.conf"), Settings(), ct);
        await File.WriteAllTextAsync(Path.Combine(home, "enabled_plugins"), Management is null ? "[]." : "[rabbitmq_management].", ct);
        // The node's name is that of the resource, so data survive a move of the folder; a port mapper of its own keeps it from its namesakes.
        var (epmd, distribution) = (_epmd ??= preparation.Ports.Free(), _distribution ??= preparation.Ports.Free());
        await StartPortMapperAsync(preparation, home, epmd, ct);
        return new LaunchSpec(server, [], home)
        {
            CleanEnvironment = true,
            Environment = Variables(home, epmd, distribution),
            // It closes its stores at once; the management plugin then makes it linger for six seconds more.
            Patience = TimeSpan.FromSeconds(2.5),
        };
    }

    /// <summary>Reads the broker's greeting: it comes only when the listener is up, which is the last step of its start.</summary>
    internal override async Task<string?> ProbeAsync(CancellationToken ct)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(TimeSpan.FromSeconds(2));
            using var client = new TcpClient();
            await client.ConnectAsync(Host, PortNumber, limit.Token);
            var stream = client.GetStream();
            await stream.WriteAsync("AMQP\0\0\t\u0001"u8.ToArray(), limit.Token);
            var frame = new byte[7];
            await stream.ReadExactlyAsync(frame, limit.Token);
            return frame[0] == 1 ? null : "does not speak AMQP 0-9-1";
        }
        catch (Exception exception) when (exception is SocketException or IOException || (exception is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return exception.Message;
        }
    }

    private static IEnumerable<string> Versions() =>
        Directory.Exists("/usr/lib/rabbitmq/lib") ? Directory.GetDirectories("/usr/lib/rabbitmq/lib").Order().Reverse().Select(v => Path.Combine(v, "sbin", "rabbitmq-server")) : [];

    private static async Task StartPortMapperAsync(Preparation preparation, string home, int port, CancellationToken ct)
    {
        var program = Programs.Find("Erlang's epmd", "rabbitmq-server", "epmd", "/usr/lib/erlang/bin/epmd");
        var process = await preparation.StartHelperAsync(
            new LaunchSpec(program, ["-port", port.ToString(CultureInfo.InvariantCulture), "-address", Host], home));
        // Erlang would start a daemon of its own, one that stays, if it did not find this one.
        for (var attempt = 0; attempt < 200 && !process.Exited.IsCompleted; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(Host, port, ct);
                // A whole request ("which names?"), lest it logs half of one.
                await client.GetStream().WriteAsync(new byte[] { 0, 1, (byte)'n' }, ct);
                await client.GetStream().ReadExactlyAsync(new byte[4], ct);
                return;
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                await Task.Delay(10, ct);
            }
        }

        throw new DistributedApplicationException($"epmd does not listen on port {port}.");
    }

    private string Settings() =>
        $"""
        listeners.tcp.1 = {Host}:{PortNumber}
        default_user = {_user()}
        default_pass = {_password()}
        vm_memory_high_watermark.absolute = 1GB
        disk_free_limit.absolute = 100MB
        log.console = true
        log.console.level = warning
        log.connection.level = error
        log.file = false
        {(Management is { } management ? $"management.tcp.ip = {Host}\nmanagement.tcp.port = {management.PortOf(0)}\n" : "")}
        """;

    private Dictionary<string, string?> Variables(string home, int epmd, int distribution) => new()
    {
        ["PATH"] = System.Environment.GetEnvironmentVariable("PATH"),
        ["LANG"] = "C.UTF-8",
        ["HOME"] = Path.Combine(home, "home"),
        // Runs the virtual machine in place of the script, so that its process is the one we know.
        ["RUNNING_UNDER_SYSTEMD"] = "1",
        ["RABBITMQ_NODENAME"] = $"{Name}@localhost",
        ["RABBITMQ_NODE_IP_ADDRESS"] = Host,
        ["RABBITMQ_NODE_PORT"] = PortNumber.ToString(CultureInfo.InvariantCulture),
        ["RABBITMQ_DIST_PORT"] = distribution.ToString(CultureInfo.InvariantCulture),
        ["ERL_EPMD_ADDRESS"] = Host,
        ["ERL_EPMD_PORT"] = epmd.ToString(CultureInfo.InvariantCulture),
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(home, "mnesia"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(home, "log"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(home, "rabbitmq.conf"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(home, "enabled_plugins"),
        ["RABBITMQ_GENERATED_CONFIG_DIR"] = Path.Combine(home, "generated"),
        ["RABBITMQ_FEATURE_FLAGS_FILE"] = Path.Combine(home, "feature_flags"),
        ["RABBITMQ_PID_FILE"] = Path.Combine(home, "pid"),
        ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
        // Erlang's schedulers would otherwise spin while idle, at the cost of everything else on a small machine.
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none",
    };
}
