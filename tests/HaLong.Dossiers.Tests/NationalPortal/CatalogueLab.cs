using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HaLong.Dossiers.Tests.NationalPortal;

/// <summary>The national catalogue as a small real HTTP server.</summary>
public sealed class CatalogueLab : IAsyncDisposable
{
    private readonly WebApplication app;

    private CatalogueLab(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single() + "/portal";

    /// <summary>Procedures by code, with the portal's names of fields.</summary>
    public SortedDictionary<string, JsonObject> Procedures { get; } = new(StringComparer.Ordinal);

    public bool Down { get; set; }

    /// <summary>Instead of the next page.</summary>
    public string? Nonsense { get; set; }

    /// <summary>From this page on it breaks.</summary>
    public int BreaksAtPage { get; set; } = int.MaxValue;

    public int Pages { get; private set; }

    public static async Task<CatalogueLab> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var lab = new CatalogueLab(app);
        app.MapPost("/portal/api/v1/token", () => Results.Json(new Dictionary<string, object> { ["access_token"] = "t", ["expires_in"] = 600 }));
        app.MapGet("/portal/api/v1/procedures", (string? after, int limit) => lab.Page(after ?? "", limit));
        await app.StartAsync();
        return lab;
    }

    public void Add(string code, string name, string field, string? state = null, string? published = null) => Procedures[code] = new JsonObject
    {
        ["MaTTHC"] = code,
        ["TenTTHC"] = name,
        ["MaLinhVuc"] = "G10",
        ["TenLinhVuc"] = field,
        ["NgayQuyetDinh"] = "2025-06-10",
        ["NgayHieuLuc"] = "01/07/2025",
        ["NgayCongKhai"] = published,
        ["NoiDungDayDu"] = true,
        ["ThanhToanTrucTuyen"] = false,
        ["TrangThai"] = state ?? "hieuLuc",
    };

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IResult Page(string after, int limit)
    {
        if (Down || ++Pages >= BreaksAtPage)
            return Results.StatusCode(503);
        if (Nonsense is not null)
            return Results.Text(Nonsense, "application/json");
        var items = Procedures.Where(p => string.CompareOrdinal(p.Key, after) > 0).Take(limit).Select(p => p.Value.DeepClone()).ToList();
        return Results.Json(new { items, next = items.Count < limit ? null : Convert.ToString(items[^1]["MaTTHC"], CultureInfo.InvariantCulture) });
    }
}
