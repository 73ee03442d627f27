using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;

namespace HaLong.Notifications.Tests.Events;

/// <summary>The samples of docs/samples, run as they are, against the service.</summary>
public sealed class SampleTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("csharp")]
    [InlineData("node")]
    public async Task A_sample_checks_signatures_fills_its_gap_from_the_feed_and_drops_what_it_has_seen(string kind)
    {
        Assert.SkipUnless(kind != "node" || await Node.HasAsync("cloudevents"), Node.Missing);
        await using var platform = await FakeGateway.StartAsync(world, "sample-" + kind);
        // What happened before there was a subscription comes by the feed only.
        var facts = new Facts(Guid.CreateVersion7());
        await world.PublishAllAsync([facts.Submitted(), facts.FeePaid(), facts.Accepted()]);
        await world.ReleasedAsync(facts.Dossier, 3);
        await using var sample = await Sample.StartAsync(kind, platform.Url);

        await world.PublishAllAsync([facts.ProcessingStarted(), facts.Approved()]);
        var handled = await sample.HandledAsync(facts.Dossier, 5);

        Assert.Equal([1, 2, 3, 4, 5], handled.Select(h => h.GetProperty("sequence").GetInt64()));
        Assert.Equal(["feed", "feed", "feed", "webhook", "webhook"], handled.Select(h => h.GetProperty("way").GetString()));

        // Somebody without the secret, and a repetition.
        Assert.Equal(HttpStatusCode.Unauthorized, await sample.ForgeAsync());
        var caught = await sample.CatchUpAsync();
        Assert.Equal(5, (await sample.HandledAsync(facts.Dossier, 5)).Count);
        Assert.Equal(0, await sample.CatchUpAsync());
        Assert.True(caught >= 0);
    }

    [Fact]
    public async Task A_sample_that_is_started_again_subscribes_no_second_time_and_catches_up()
    {
        await using var platform = await FakeGateway.StartAsync(world, "sample-again");
        var port = Sample.FreePort();
        await (await Sample.StartAsync("csharp", platform.Url, port)).DisposeAsync();
        var facts = new Facts(Guid.CreateVersion7());
        await using var sample = await Sample.StartAsync("csharp", platform.Url, port);
        using var partner = world.AsPartner("sample-again");

        await world.PublishAllAsync(facts.All());
        await world.ReleasedAsync(facts.Dossier, 7);
        await sample.CatchUpAsync();

        Assert.Equal([1, 2, 3, 4, 5, 6, 7], (await sample.HandledAsync(facts.Dossier, 7)).Select(h => h.GetProperty("sequence").GetInt64()));
        var mine = await partner.GetFromJsonAsync<JsonElement>("/api/v1/subscriptions", World.Ct);
        Assert.Single(mine.GetProperty("items").EnumerateArray());
    }

    private sealed class Sample(Process process, HttpClient http) : IAsyncDisposable
    {
        public static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        public static async Task<Sample> StartAsync(string kind, string platform, int? port = null)
        {
            var at = port ?? FreePort();
            var start = kind == "csharp"
                ? new ProcessStartInfo("setpriv", ["--pdeathsig", "KILL", "dotnet", Path.Combine(AppContext.BaseDirectory, "subscriber-csharp.dll")])
                : new ProcessStartInfo("setpriv", ["--pdeathsig", "KILL", "node", "subscriber.mjs"]) { WorkingDirectory = NodeFolder() };
            foreach (var (name, value) in new[]
            {
                ("HALONG_URL", platform), ("HALONG_CLIENT_ID", "sample"), ("HALONG_CLIENT_SECRET", FakeGateway.Secret),
                ("HALONG_HOOK", $"http://127.0.0.1:{at}/hook"), ("ASPNETCORE_URLS", $"http://127.0.0.1:{at}"), ("PORT", $"{at}"),
            })
                start.Environment[name] = value;
            (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
            var process = Process.Start(start)!; // started or thrown
            var subscribed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var said = new StringBuilder();
            DataReceivedEventHandler hear = (_, line) =>
            {
                lock (said)
                    said.AppendLine(line.Data);
                if (line.Data?.Contains("Subscribed", StringComparison.Ordinal) == true)
                    subscribed.TrySetResult();
            };
            process.OutputDataReceived += hear;
            process.ErrorDataReceived += hear;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            var first = await Task.WhenAny(subscribed.Task, process.WaitForExitAsync(World.Ct), Task.Delay(TimeSpan.FromSeconds(60), World.Ct));
            Assert.True(first == subscribed.Task, said.ToString());
            return new Sample(process, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{at}") });
        }

        public Task<IReadOnlyList<JsonElement>> HandledAsync(Guid dossier, int count) => Eventually.ValueAsync(
            async () =>
            {
                var all = await http.GetFromJsonAsync<JsonElement>("/handled", World.Ct);
                return (IReadOnlyList<JsonElement>)[.. all.EnumerateArray().Where(h => h.GetProperty("subject").GetGuid() == dossier)];
            },
            handled => handled.Count >= count, $"{count} events handled");

        public async Task<int> CatchUpAsync()
        {
            using var response = await http.PostAsync(new Uri("/catch-up", UriKind.Relative), null, World.Ct);
            response.EnsureSuccessStatusCode();
            return int.Parse(await response.Content.ReadAsStringAsync(World.Ct), System.Globalization.CultureInfo.InvariantCulture);
        }

        public async Task<HttpStatusCode> ForgeAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/hook") { Content = new StringContent("""{"type":"vn.halong.dossier.returned.v1"}""") };
            request.Headers.Add("webhook-id", Guid.CreateVersion7().ToString());
            request.Headers.Add("webhook-timestamp", TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
            request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(new byte[32]));
            using var response = await http.SendAsync(request, World.Ct);
            return response.StatusCode;
        }

        public async ValueTask DisposeAsync()
        {
            http.Dispose();
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        // The sample with the libraries of tests/node, which are the ones it names.
        private static string NodeFolder()
        {
            var folder = Path.Combine(AppContext.BaseDirectory, "sample-node");
            Directory.CreateDirectory(folder);
            File.Copy(Path.Combine(Repository.Root, "docs/samples/subscriber-node/subscriber.mjs"), Path.Combine(folder, "subscriber.mjs"), overwrite: true);
            var libraries = Path.Combine(folder, "node_modules");
            if (!Directory.Exists(libraries))
                Directory.CreateSymbolicLink(libraries, Path.Combine(Repository.Root, "tests/node/node_modules"));
            return folder;
        }
    }
}
