using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HaLong.Dossiers.Tests.NationalPortal;

/// <summary>What goes wrong with the next messages: chances from 0 to 1, and switches.</summary>
public sealed class PortalFaults
{
    /// <summary>Taken and lost inside.</summary>
    public double Drop { get; set; }

    /// <summary>Applied, and the connection is cut before the answer.</summary>
    public double LoseAnswer { get; set; }

    /// <summary>Held back until a later message of the same dossier was applied.</summary>
    public double Reorder { get; set; }

    /// <summary>Refused for its content.</summary>
    public double Reject { get; set; }

    /// <summary>Comes in twice.</summary>
    public double Duplicate { get; set; }

    /// <summary>Applied, and gone with the restore of a backup.</summary>
    public double Forget { get; set; }

    /// <summary>An error inside, before anything was taken.</summary>
    public double Break { get; set; }

    public double TooMany { get; set; }

    /// <summary>All answers are 503.</summary>
    public bool Down { get; set; }

    /// <summary>Taken, and applied when <see cref="PortalLab.Flush"/> says so.</summary>
    public bool Delay { get; set; }

    /// <summary>Taken, and refused inside later.</summary>
    public string? RejectLater { get; set; }

    public TimeSpan Slow { get; set; }
}

/// <summary>A message that had an effect.</summary>
public sealed record PortalEffect(string Code, Guid Message, string Kind, int Status, string? Hash);

/// <summary>The national portal's adapter as a small real HTTP server, in memory, with faults by chance from a seed.</summary>
public sealed class PortalLab : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly WebApplication app;
    private readonly Random random;
    private readonly Dictionary<Guid, (string State, string? Code)> messages = [];
    private readonly List<(string Code, Guid Id, string Kind, byte[] Body)> delayed = [];
    private readonly Dictionary<string, (Guid Id, string Kind, byte[] Body)> held = [];
    private HashSet<string> tokens = [];

    private PortalLab(WebApplication app, int seed) => (this.app, random) = (app, new Random(seed));

    public PortalFaults Faults { get; set; } = new();
    public string Url => app.Urls.Single();
    public SortedDictionary<string, (int Status, string? Hash)> Dossiers { get; } = new(StringComparer.Ordinal);
    public List<PortalEffect> Effects { get; } = [];
    public ConcurrentQueue<(string Path, Guid Id, string Body, string? Trace)> Received { get; } = new();
    public ConcurrentQueue<Guid> Asked { get; } = new();

    /// <summary>Dossiers whose last whole message was refused.</summary>
    public HashSet<string> Refused { get; } = [];

    public int TokensGiven { get; private set; }

    public static async Task<PortalLab> StartAsync(int seed = 1)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var lab = new PortalLab(app, seed);
        app.MapPost("/api/v1/token", lab.Token);
        app.MapPost("/api/v1/dossiers", (HttpContext http, CancellationToken _) => lab.TakeAsync(http, null, "dossier"));
        app.MapPost("/api/v1/dossiers/{code}/{kind}", (string code, string kind, HttpContext http) => lab.TakeAsync(http, code, kind));
        app.MapGet("/api/v1/messages/{id:guid}", (Guid id, HttpContext http) => lab.Guarded(http, () => lab.Message(id)));
        app.MapGet("/api/v1/dossiers/{code}", (string code, HttpContext http) => lab.Guarded(http, () => lab.Dossier(code)));
        app.MapGet("/api/v1/dossiers", (string? after, int limit, HttpContext http) => lab.Guarded(http, () => lab.Page(after ?? "", limit)));
        await app.StartAsync();
        return lab;
    }

    /// <summary>All tokens are void from now on.</summary>
    public void ExpireTokens()
    {
        lock (gate)
            tokens = [];
    }

    /// <summary>What was delayed is applied.</summary>
    public void Flush()
    {
        lock (gate)
        {
            foreach (var (code, id, kind, body) in delayed)
                Apply(code, id, kind, body);
            delayed.Clear();
        }
    }

    public List<PortalEffect> EffectsOf(string code)
    {
        lock (gate)
            return Effects.FindAll(e => e.Code == code);
    }

    public void Set(string code, int status, string? hash)
    {
        lock (gate)
            Dossiers[code] = (status, hash);
    }

    public (int Status, string? Hash)? Find(string code)
    {
        lock (gate)
            return Dossiers.TryGetValue(code, out var known) ? known : null;
    }

    public void Remove(string code)
    {
        lock (gate)
            Dossiers.Remove(code);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IResult Token(HttpContext http)
    {
        if (Faults.Down)
            return Results.StatusCode(503);
        if (http.Request.Form["client_secret"] != "portal-secret" || http.Request.Form["grant_type"] != "client_credentials")
            return Results.StatusCode(401);
        var token = Guid.CreateVersion7().ToString("N");
        lock (gate)
        {
            tokens.Add(token);
            TokensGiven++;
        }

        return Results.Json(new { access_token = token, expires_in = 3600 });
    }

    private IResult Guarded(HttpContext http, Func<IResult> answer)
    {
        lock (gate)
        {
            if (Faults.Down)
                return Results.StatusCode(503);
            return tokens.Contains(http.Request.Headers.Authorization.ToString().Replace("Bearer ", "",
                StringComparison.Ordinal)) ? answer() : Results.StatusCode(401);
        }
    }

    private async Task<IResult> TakeAsync(HttpContext http, string? code, string kind)
    {
        var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        if (Faults.Slow > TimeSpan.Zero)
            await Task.Delay(Faults.Slow, http.RequestAborted);
        if (!Guid.TryParse(http.Request.Headers["X-Message-Id"], out var id))
            return Results.StatusCode(400);
        var cut = false;
        var answer = Guarded(http, () =>
        {
            if (Chance(Faults.Break))
                return Results.StatusCode(500);
            if (Chance(Faults.TooMany))
            {
                http.Response.Headers.RetryAfter = "1";
                return Results.StatusCode(429);
            }

            Received.Enqueue((http.Request.Path, id, System.Text.Encoding.UTF8.GetString(body.ToArray()), http.Request.Headers.TraceParent));
            var taken = Take(code, id, kind, body.ToArray());
            if (Chance(Faults.Duplicate) && messages.GetValueOrDefault(id).State != "rejected")
                Take(code, id, kind, body.ToArray());
            cut = Chance(Faults.LoseAnswer);
            return taken;
        });
        if (cut)
            http.Abort();
        return answer;
    }

    private IResult Take(string? code, Guid id, string kind, byte[] body)
    {
        if (messages.TryGetValue(id, out var before) && before.State != "rejected")
            return Results.Json(new { error_code = "0", duplicate = true, message_id = id });
        using var payload = JsonDocument.Parse(body);
        code ??= payload.RootElement.GetProperty("MaHoSo").GetString()!;
        if (kind != "dossier" && !Dossiers.ContainsKey(code))
            return Results.Json(new { error_code = "4041", message = "not known" });
        if (kind == "dossier" && Chance(Faults.Reject))
        {
            (messages[id], _) = (("rejected", "4002"), Refused.Add(code));
            return Results.Json(new { error_code = "4002", message = "missing" });
        }

        if (kind == "dossier")
            Refused.Remove(code);
        if (Faults.RejectLater is { } later)
            messages[id] = ("rejected", later);
        else if (Faults.Delay)
            (messages[id], _) = (("pending", null), Held(() => delayed.Add((code, id, kind, body))));
        else if (Chance(Faults.Drop))
            messages.Remove(id);
        else if (kind == "dossier" && Chance(Faults.Reorder) && !held.ContainsKey(code))
            (messages[id], held[code]) = (("pending", null), (id, kind, body));
        else
            Apply(code, id, kind, body);
        return Results.Json(new { error_code = "0", message_id = id });
    }

    private void Apply(string code, Guid id, string kind, byte[] body)
    {
        messages[id] = ("applied", null);
        using var payload = JsonDocument.Parse(body);
        var before = Dossiers.TryGetValue(code, out var known) ? known : ((int, string?)?)null;
        var status = int.Parse(payload.RootElement.GetProperty(kind == "dossier" ? "TrangThaiHoSo" : "TrangThai").GetString()!, null);
        var hash = kind == "dossier" ? Convert.ToHexStringLower(SHA256.HashData(body)) : known.Hash;
        Effects.Add(new PortalEffect(code, id, kind, status, hash));
        if (kind != "progress")
            Dossiers[code] = (status, hash);
        if (kind != "progress" && before is { } old && Chance(Faults.Forget))
            Dossiers[code] = old;
        if (kind == "dossier" && held.Remove(code, out var late) && late.Id != id)
            Apply(code, late.Id, late.Kind, late.Body);
    }

    private IResult Message(Guid id)
    {
        Asked.Enqueue(id);
        var (state, code) = messages.TryGetValue(id, out var known) ? known : ("unknown", null);
        return Results.Json(new { message_id = id, state, error_code = code });
    }

    private IResult Dossier(string code) => Dossiers.TryGetValue(code, out var known)
        ? Results.Json(new { MaHoSo = code, TrangThaiHoSo = known.Status, PayloadHash = known.Hash }, Names) : Results.StatusCode(404);

    private IResult Page(string after, int limit)
    {
        var items = Dossiers.Where(d => string.CompareOrdinal(d.Key, after) > 0).Take(limit + 1)
            .Select(d => new { MaHoSo = d.Key, TrangThaiHoSo = d.Value.Status, PayloadHash = d.Value.Hash }).ToList();
        var more = items.Count > limit;
        items = more ? items.GetRange(0, limit) : items;
        return Results.Json(new { items, next = more ? items[^1].MaHoSo : null }, Names);
    }

    private static readonly JsonSerializerOptions Names = new();

    private static bool Held(Action work)
    {
        work();
        return true;
    }

    private bool Chance(double chance) => chance >= 1 || (chance > 0 && random.NextDouble() < chance);
}
