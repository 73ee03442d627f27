using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HaLong.Dossiers.Tests.NationalPortal;

/// <summary>What citizens filed on the national portal, as a small real HTTP server.</summary>
public sealed class FilingsLab : IAsyncDisposable
{
    private static int codes;
    private readonly WebApplication app;
    private readonly Lock gate = new();
    private readonly List<(long Number, JsonNode Filing)> filings = [];
    private readonly ConcurrentDictionary<string, byte[]> files = new();
    private long number;

    private FilingsLab(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single() + "/portal";

    public bool Down { get; set; }

    /// <summary>So many files come with other content than told.</summary>
    public int BrokenFiles { get; set; }

    /// <summary>So many acknowledgements are heard, and the connection is cut before the answer.</summary>
    public int LostAnswers { get; set; }

    /// <summary>So many files come without an end.</summary>
    public int StuckFiles { get; set; }

    /// <summary>Instead of the next page.</summary>
    public string? Nonsense { get; set; }

    /// <summary>Every acknowledgement that was heard.</summary>
    public ConcurrentQueue<(string Code, string Error, string? Message)> Heard { get; } = new();

    public static async Task<FilingsLab> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var lab = new FilingsLab(app);
        var portal = app.MapGroup("/portal/api/v1").AddEndpointFilter(async (context, next) => lab.Down ? Results.StatusCode(503) : await next(context));
        portal.MapPost("/token", () => Results.Json(new Dictionary<string, object> { ["access_token"] = "t", ["expires_in"] = 600 }));
        portal.MapGet("/filings", (long after, int limit) => lab.Page(after, limit));
        portal.MapGet("/files/{id}", lab.FileAsync);
        portal.MapPost("/filings/{code}/acknowledgement", lab.Hear);
        await app.StartAsync();
        return lab;
    }

    /// <summary>A code of the portal that nobody had before.</summary>
    public static string NewCode() => string.Create(CultureInfo.InvariantCulture, $"G22.99-261201-{Interlocked.Increment(ref codes):000000}");

    public string Keep(byte[] content)
    {
        var id = Guid.CreateVersion7().ToString("N");
        files[id] = content;
        return id;
    }

    public void Lose(string id) => files.TryRemove(id, out _);

    /// <summary>A filing with a complete set of papers, not filed yet.</summary>
    public JsonObject Filing(string code, string personalNumber, string procedure = DossierFixture.Land, int papers = 1) => new()
    {
        ["MaHoSo"] = code,
        ["MaTTHC"] = procedure,
        ["ChuHoSo"] = "Nguyễn Thị Nộp",
        ["LoaiDoiTuong"] = 1,
        ["DinhDanhCHS"] = new JsonObject { ["LoaiDinhDanh"] = 1, ["SoDinhDanh"] = personalNumber },
        ["TrichYeuHoSo"] = "Cấp giấy chứng nhận lần đầu",
        ["NgayNopHoSo"] = "2026-12-01T08:00:00+07:00",
        ["DonViXuLy"] = DossierFixture.Unit,
        ["DuLieu"] = new JsonObject { ["thua"] = code },
        ["TaiKhoanDuocXacThucVoiVNeID"] = true,
        ["TaiLieuNop"] = new JsonArray([.. Enumerable.Range(1, papers).Select(i => (JsonNode)Paper(i, Samples.Pdf($"{code} {i}")))]),
    };

    public JsonObject Paper(int component, byte[] content) => new()
    {
        ["TepDinhKemId"] = Keep(content),
        ["TenTepDinhKem"] = $"Đơn {component}.pdf",
        ["MaThanhPhanHoSo"] = "TP",
        ["ThanhPhan"] = component,
        ["DuongDanTaiTepTin"] = "http://169.254.169.254/",
        ["Sha256"] = Convert.ToHexStringLower(SHA256.HashData(content)),
    };

    /// <summary>Somebody files; under a code that is there: the filing is changed, under a new number.</summary>
    public long Add(JsonObject filing)
    {
        lock (gate)
        {
            filings.RemoveAll(f => (string?)f.Filing["MaHoSo"] == (string?)filing["MaHoSo"]);
            var copy = filing.DeepClone();
            copy["So"] = ++number;
            filings.Add((number, copy));
            return number;
        }
    }

    /// <summary>Anything under the next number.</summary>
    public void AddRaw(JsonNode item)
    {
        lock (gate)
            filings.Add((++number, item));
    }

    public long Next
    {
        get
        {
            lock (gate)
                return number + 1;
        }
    }

    public IReadOnlyList<string> AnswersTo(string code) => [.. Heard.Where(h => h.Code == code).Select(h => h.Error)];

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IResult Page(long after, int limit)
    {
        if (Nonsense is not null)
            return Results.Text(Nonsense, "application/json");
        lock (gate)
        {
            var items = filings.Where(f => f.Number > after).Take(limit).ToList();
            return Results.Json(new { items = items.ConvertAll(i => i.Filing), next = items.Count == 0 ? after : items[^1].Number });
        }
    }

    private async Task FileAsync(string id, HttpContext http)
    {
        if (!files.TryGetValue(id, out var content))
        {
            http.Response.StatusCode = 404;
            return;
        }

        if (StuckFiles-- > 0)
        {
            await http.Response.Body.WriteAsync(content.AsMemory(0, 10), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        await http.Response.Body.WriteAsync(BrokenFiles-- > 0 ? content.AsMemory(0, content.Length / 2) : content, http.RequestAborted);
    }

    private void Hear(string code, JsonElement answer, HttpContext http)
    {
        Heard.Enqueue((code, answer.GetProperty("error_code").GetString()!, answer.TryGetProperty("message", out var message) ? message.GetString() : null));
        if (LostAnswers-- > 0)
            http.Abort();
    }
}
