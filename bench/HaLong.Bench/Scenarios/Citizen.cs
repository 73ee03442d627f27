using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using HaLong.Bench.Load;
using HaLong.Cli.Journey;
using HaLong.Cli.Platform;

namespace HaLong.Bench.Scenarios;

/// <summary>Files dossiers through the gateway as the demonstration citizen, and remembers every one that was acknowledged.</summary>
internal sealed class Citizen(PlatformFile platform) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = int.MaxValue })
    {
        BaseAddress = new Uri(platform.Gateway),
        Timeout = TimeSpan.FromSeconds(30),
    };

    private Plan _plan = new("", [], []);
    private readonly string _run = Guid.CreateVersion7().ToString("N")[^8..];
    private int _next;

    /// <summary>Acknowledged submissions: id, and the SHA-256 of each document.</summary>
    public ConcurrentQueue<Filed> Acknowledged { get; } = new();

    /// <summary>Requests to the gateway per dossier filed.</summary>
    public int RequestsPerDossier => 2 + _plan.Components.Count;

    public string Procedure => _plan.Procedure;

    /// <summary>A token lives for minutes, a run may take longer.</summary>
    public async Task SignInAsync()
    {
        var account = platform.Account("citizen");
        var token = await SignIn.AsPersonAsync(platform.Gateway, account.UserName, account.Password);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Chooses the land procedure with a fee that asks for the fewest documents, and the units to file with.</summary>
    public async Task ChooseAsync()
    {
        Plan? best = null;
        foreach (var item in (await GetAsync("/api/v1/procedures?field=LAND&limit=50"))["items"]!.AsArray())
        {
            var procedure = await GetAsync("/api/v1/procedures/" + item!["code"]!.GetValue<string>());
            var required = procedure["components"]!.AsArray().Select((c, i) => (Number: i + 1, Required: c!["required"]?.GetValue<bool>() == true))
                .Where(c => c.Required).Select(c => c.Number).ToList();
            var online = procedure["channels"]!.AsArray().Any(c => c!.GetValue<string>() == "online");
            var fee = procedure["fees"]!.AsArray().Any(f => f!["amountVnd"] is { } amount && amount.GetValue<long>() > 0);
            if (online && fee && required.Count > 0 && (best is null || required.Count < best.Components.Count))
            {
                best = new Plan(procedure["code"]!.GetValue<string>(), required, []);
            }
        }

        var units = (await GetAsync("/api/v1/units?level=commune&limit=20"))["items"]!.AsArray().Select(u => u!["code"]!.GetValue<string>()).ToList();
        _plan = (best ?? throw new InvalidOperationException("No land procedure with a fee can be filed online.")) with { Units = units };
    }

    /// <summary>Draft, documents, submission.</summary>
    /// <param name="late">How late this was started: counts as waiting for the submission too.</param>
    /// <param name="submission">Takes the latency of the submission itself.</param>
    public async Task FileAsync(TimeSpan late, Histogram submission)
    {
        var number = Interlocked.Increment(ref _next);
        using var opened = await SendAsync(Post("/api/v1/dossiers", JsonContent.Create(new
        {
            procedureCode = _plan.Procedure,
            unitCode = _plan.Units[number % _plan.Units.Count],
            subject = $"Hồ sơ đo tải {_run} số {number}",
            data = new { parcel = "12", mapSheet = "34" },
        })));
        var id = (await opened.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.GetValue<string>();
        var etag = opened.Headers.ETag?.Tag;
        var hashes = new List<string>();
        foreach (var component in _plan.Components)
        {
            var pdf = SamplePdf.Create($"Component {component} of {id}");
            hashes.Add(Convert.ToHexStringLower(SHA256.HashData(pdf)));
            using var part = new ByteArrayContent(pdf);
            part.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
            var form = new MultipartFormDataContent { { new StringContent(component.ToString(CultureInfo.InvariantCulture)), "component" }, { part, "file", "don.pdf" } };
            using var uploaded = await SendAsync(Post($"/api/v1/dossiers/{id}/documents", form));
            etag = uploaded.Headers.ETag?.Tag ?? etag;
        }

        var watch = Stopwatch.StartNew();
        using var submitted = await SendAsync(Post($"/api/v1/dossiers/{id}/submission", null, etag));
        var code = (await submitted.Content.ReadFromJsonAsync<JsonNode>())!["code"]!.GetValue<string>();
        submission.Record(watch.Elapsed + late);
        Acknowledged.Enqueue(new Filed(id, code, hashes));
    }

    /// <summary>True when the dossier is there as acknowledged, with its documents.</summary>
    public async Task<bool> IsThereAsync(Filed filed)
    {
        using var response = await _http.GetAsync("/api/v1/dossiers/" + filed.Id);
        if (!response.IsSuccessStatusCode)
        {
            return false;
        }

        var view = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        var documents = view["documents"]!.AsArray().Select(d => d!["sha256"]!.GetValue<string>()).ToList();
        return view["status"]!.GetValue<string>() != "DRAFT" && view["code"]?.GetValue<string>() == filed.Code && filed.Hashes.All(documents.Contains);
    }

    /// <summary>True when the bytes that were sent come back.</summary>
    public async Task<bool> BytesAreThereAsync(Filed filed)
    {
        var view = await GetAsync("/api/v1/dossiers/" + filed.Id);
        foreach (var document in view["documents"]!.AsArray())
        {
            var bytes = await _http.GetByteArrayAsync($"/api/v1/dossiers/{filed.Id}/documents/{document!["id"]!.GetValue<string>()}");
            if (!filed.Hashes.Contains(Convert.ToHexStringLower(SHA256.HashData(bytes))))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when the events of the dossier have come back to it: it shows its payment request.</summary>
    public async Task<bool> IsProcessedAsync(Filed filed) => (await GetAsync("/api/v1/dossiers/" + filed.Id))["payment"] is JsonObject;

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Post(string path, HttpContent? content, string? etag = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        if (etag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        }

        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            var response = await _http.SendAsync(request);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                var step = request.RequestUri!.OriginalString.Split('/')[^1];
                throw new LoadException($"{(step is "documents" or "submission" ? step : "draft")} {(int)response.StatusCode}");
            }
        }
    }

    private async Task<JsonNode> GetAsync(string path)
    {
        using var response = await _http.GetAsync(path);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private sealed record Plan(string Procedure, List<int> Components, List<string> Units);
}

/// <summary>An acknowledged submission.</summary>
internal sealed record Filed(string Id, string Code, IReadOnlyList<string> Hashes);
