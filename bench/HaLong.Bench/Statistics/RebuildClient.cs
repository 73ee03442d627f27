using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HaLong.Cli.Journey;
using HaLong.Cli.Platform;

namespace HaLong.Bench.Statistics;

/// <summary>Has statistics made anew as an administrator does, and waits for the end.</summary>
internal sealed class RebuildClient(HttpClient http) : IDisposable
{
    private const string Path = "/api/v1/admin/statistics/rebuild";

    public static async Task<RebuildClient> SignInAsync(PlatformFile platform)
    {
        var account = platform.Account("administrator");
        var http = new HttpClient { BaseAddress = new Uri(platform.Gateway), Timeout = TimeSpan.FromMinutes(1) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await SignIn.AsPersonAsync(platform.Gateway, account.UserName, account.Password));
        return new RebuildClient(http);
    }

    public async Task<(double Seconds, long Facts, long Cells, long DifferingCells)> RunAsync()
    {
        using var begun = await http.PostAsync(Path, null);
        begun.EnsureSuccessStatusCode();
        JsonNode? view;
        do
        {
            await Task.Delay(500);
            view = await http.GetFromJsonAsync<JsonNode>(Path);
        }
        while (view!["state"]!.GetValue<string>() == "running");
        return view["state"]!.GetValue<string>() == "done"
            ? (view["seconds"]!.GetValue<double>(), view["facts"]!.GetValue<long>(), view["cells"]!.GetValue<long>(), view["differingCells"]!.GetValue<long>())
            : throw new InvalidOperationException("The rebuild ended as " + view);
    }

    public void Dispose() => http.Dispose();
}
