using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace HaLong.AppHost.Native;

/// <summary>Keeps <c>resources.json</c> in the run directory up to date, for scripts.</summary>
internal sealed class StateFile(Board board, RunFolder folder)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                var changed = board.Changed;
                Write(board, folder);
                await changed.WaitAsync(ct);
                // Changes come in bursts.
                await Task.Delay(Pause, ct);
            }
        }
        catch (OperationCanceledException)
        {
            // The application stops and writes the last state itself.
        }
    }

    public static void Write(Board board, RunFolder folder)
    {
        if (!Directory.Exists(folder.Root))
            return;
        var resources = board.All.GroupBy(i => i.Resource).Select(g => Describe(g.Key, [.. g]));
        var state = JsonSerializer.SerializeToNode(new { HostPid = Environment.ProcessId, Resources = resources }, Json)!;
        RunFolder.WriteAtomically(
            Path.Combine(folder.Root, "resources.json"),
            state.ToJsonString(Json) + "\n",
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        Refresh(Path.Combine(folder.Root, "platform.json"), state["resources"]!);
    }

    /// <summary>The addresses to show.</summary>
    public static IEnumerable<string> Urls(Resource resource) =>
        resource.Endpoints.Where(e => e.IsAllocated).SelectMany(e => Enumerable.Range(0, resource.Replicas).Select(i => Shown(resource, e, i).Url));

    /// <summary>The address of an endpoint as the model wants it shown.</summary>
    public static ResourceUrlAnnotation Shown(Resource resource, Endpoint endpoint, int replica)
    {
        var shown = new ResourceUrlAnnotation { Url = endpoint.Url(replica) };
        foreach (var (_, edit) in resource.UrlEdits.Where(u => u.Endpoint == endpoint.Name))
            edit(shown);
        return shown;
    }

    /// <summary>The replica that is furthest from well stands for all.</summary>
    public static Instance Worst(IReadOnlyList<Instance> replicas) =>
        replicas.MinBy(i => (i.Health, i.State) switch { (Health.Unhealthy, _) => 0, (Health.Unknown, _) => 1, _ => 2 })!;

    /// <summary>Who has written the platform's description for scripts gets its resources kept current.</summary>
    private static void Refresh(string platform, JsonNode resources)
    {
        if (!File.Exists(platform) || JsonNode.Parse(File.ReadAllText(platform)) is not JsonObject description)
            return;
        description["resources"] = resources.DeepClone();
        RunFolder.WriteAtomically(platform, description.ToJsonString(Json) + "\n", UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static object Describe(Resource resource, IReadOnlyList<Instance> replicas)
    {
        var worst = Worst(replicas);
        return new
        {
            resource.Name,
            resource.Kind,
            State = worst.State.ToString(),
            Health = worst.Health.ToString(),
            Urls = Urls(resource),
            Pids = replicas.SelectMany(r => r.Pids),
            Restarts = replicas.Sum(r => r.Restarts),
            worst.Reason,
            worst.ExitCode,
        };
    }
}
