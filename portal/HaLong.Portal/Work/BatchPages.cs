using HaLong.Portal.Api;
using HaLong.Portal.Design;

namespace HaLong.Portal.Work;

/// <summary>What became of each dossier of a batch.</summary>
public sealed record BatchModel(string Queue, IReadOnlyList<BatchOutcome> Outcomes);

/// <param name="Trouble">Null when it was done.</param>
public sealed record BatchOutcome(Guid Id, string Code, Trouble? Trouble);

/// <summary><c>/work/batch</c>: one move for several dossiers. Each is done by itself, as it was shown; what is refused leaves the others done.</summary>
internal static class BatchPages
{
    private const int Most = 100;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/batch", () => TypedResults.LocalRedirect("/work"));
        group.MapPost("/batch", DoAsync);
    }

    // Shown at once and not behind a redirect: sent again, the same keys do nothing twice and tell the same.
    private static async Task<IResult> DoAsync(IFormCollection sent, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (queue, once) = (Queues.Of(sent["queue"]), FormKey.Of(sent["once"]));
        var (path, body) = sent["move"].ToString() switch
        {
            "accept" => ("acceptance", (object)new { }),
            "forward" => ("forwarding", new { }),
            "assign" => ("assignment", new { }),
            "approve" => ("approval", new { decision = sent["decision"].ToString(), sign = sent["sign"] == "true" }),
            _ => ("", new { }),
        };
        var picked = sent["id"].Select(Read).OfType<(Guid Id, string Version)>().Take(Most).ToList();
        if (path.Length == 0 || picked.Count == 0)
            return Pages.Go($"/work?queue={queue}");
        var outcomes = new List<BatchOutcome>();
        foreach (var (id, version) in picked)
        {
            var done = await api.PostAsync<MovedCase>($"dossiers/{id}/{path}", body, $"{once}-{id}", version, ct);
            if (done.Status == System.Net.HttpStatusCode.Unauthorized)
                return WorkPages.Otherwise(done.Status, context, $"/work?queue={queue}")!;
            outcomes.Add(new BatchOutcome(id, done.Value?.Code ?? id.ToString()[..8], done.Trouble));
        }

        return Pages.Of<BatchDone>(new BatchModel(queue, outcomes));
    }

    private static (Guid Id, string Version)? Read(string? pick) =>
        pick?.Split(':') is [var id, var version] && Guid.TryParse(id, out var known) && uint.TryParse(version, out _) ? (known, $"\"{version}\"") : null;
}

/// <summary>What is said of a dossier after a move.</summary>
internal sealed record MovedCase(string? Code, string? StatusName);
