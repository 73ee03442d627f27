using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests.Browser;

/// <summary>A draft of a birth registration that keeps what it is told, as the dossier service does: merge patches, versions, papers, one filing.</summary>
internal sealed partial class SampleDraft(City city)
{
    private readonly Lock _gate = new();
    private readonly List<(int Version, List<string> Pointers)> _changes = [];
    private string _status = "DRAFT";

    public Guid Id { get; } = SampleCity.Draft;

    public JsonObject Data { get; private set; } = [];

    public List<object> Documents { get; } = [];

    public int Version { get; private set; } = 7;

    /// <summary>How often it was filed, and how many drafts were opened.</summary>
    public (int Filed, int Opened) Count { get; private set; }

    public SampleDraft Tell()
    {
        var opened = new HashSet<string>();
        city.Answers("POST dossiers", asked => Locked(() =>
        {
            if (opened.Add(asked.Once))
                Count = Count with { Opened = Count.Opened + 1 };
            return Answer();
        }));
        city.Answers($"dossiers/{Id}", _ => Locked(Answer));
        city.Answers($"PATCH dossiers/{Id}", asked => Locked(() => Change(JsonNode.Parse(asked.Body)!["data"]!.AsObject(), asked.Version)));
        city.Answers($"dossiers/{Id}/form", _ => Locked(() => Results.Json(new { formUrl = $"/api/v1/procedures/{SampleCity.Birth}/form?version=abc", warnings = Notes() })));
        city.Says($"dossiers/{Id}/fee-quote", new { total = 24000, lines = new[] { new { name = "Phí cấp bản sao Giấy khai sinh (3 bản)", amount = 24000 } } });
        city.Answers($"POST dossiers/{Id}/documents", asked => Locked(() =>
        {
            var name = FileName().Match(asked.Body).Groups[1].Value;
            AddPaper(int.Parse(Component().Match(asked.Body).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), name, name.Contains("mo", StringComparison.Ordinal) ? "Trang 1 bị mờ, khó đọc. Nên chụp lại." : null);
            return Results.Json(Documents[^1], statusCode: 201);
        }));
        city.Answers($"POST dossiers/{Id}/submission", _ => Locked(() =>
        {
            _status = "SUBMITTED";
            Count = Count with { Filed = Count.Filed + 1 };
            return Answer();
        }));
        return this;
    }

    public void AddPaper(int component, string fileName, string? warning)
    {
        var checks = warning is null ? Array.Empty<object>() : [new { outcome = "warn", message = warning }];
        Documents.Add(new { id = Guid.CreateVersion7(), component, fileName, size = 240_000, kind = "component", preflight = new { state = "checked", blocks = false, checks } });
    }

    /// <summary>Filled in as far as the review needs it.</summary>
    public SampleDraft Fill()
    {
        Data = JsonNode.Parse("""
            {"applicant":{"fullName":"Nguyễn Thị Hạnh","birthDate":"1994-03-08","personalNumber":"022194001234","phone":"0912345678","relation":"mother","address":{"unit":"06688","detail":"Tổ 5, khu 2"}},
             "child":{"fullName":"Nguyễn Ngọc Hà","birthDate":"2026-11-21","sex":"female","ethnicity":"Kinh","nationality":"Việt Nam"},"motherKnown":true,"fatherKnown":false}
            """)!.AsObject();
        return this;
    }

    // What others changed since in other fields stays; in the same field it is a conflict.
    private IResult Change(JsonObject patch, string against)
    {
        var since = int.TryParse(against.Trim('"'), out var version) ? _changes.Where(c => c.Version > version).SelectMany(c => c.Pointers).ToHashSet() : [];
        var pointers = Pointers(patch, "/data").ToList();
        if (pointers.Where(since.Contains).ToList() is { Count: > 0 } both)
        {
            return Results.Json(
                new { status = 412, code = "CMN-0412", title = "Hồ sơ đã được thay đổi ở nơi khác.", conflicts = both.Select(c => new { pointer = c, theirs = At(c) }) },
                contentType: "application/problem+json", statusCode: 412);
        }

        Merge(Data, patch);
        _changes.Add((++Version, pointers));
        return Answer();
    }

    private static IEnumerable<string> Pointers(JsonObject patch, string at) =>
        patch.SelectMany(p => p.Value is JsonObject inner ? Pointers(inner, $"{at}/{p.Key}") : [$"{at}/{p.Key}"]);

    private JsonNode? At(string pointer) => pointer.Split('/')[2..].Aggregate((JsonNode?)Data, (node, part) => node?[part])?.DeepClone();

    private object[] Notes() => Data.Count == 0 ? [] :
    [
        new { pointer = "/data/applicant/phone", kind = "invalid", message = "Số điện thoại phải có 10 chữ số và bắt đầu bằng 0." },
        new { pointer = "/data/basis", kind = "missing", message = "Chưa chọn căn cứ khai sinh." },
    ];

    private IResult Answer()
    {
        var at = new { id = Id, code = _status == "DRAFT" ? null : SampleCity.Code };
        return new Versioned(Version, new
        {
            at.id,
            at.code,
            status = _status,
            statusName = _status == "DRAFT" ? "Bản nháp" : "Đã nộp",
            procedureCode = SampleCity.Birth,
            procedureName = "Đăng ký khai sinh",
            unitCode = "06688",
            unitName = "Phường Hạ Long",
            subject = "Khai sinh cho bé Nguyễn Ngọc Hà",
            createdAt = "2026-11-29T13:20:00Z",
            data = Data.DeepClone(),
            documents = Documents.ToArray(),
        });
    }

    private IResult Locked(Func<IResult> answer)
    {
        lock (_gate)
        {
            return answer();
        }
    }

    private static void Merge(JsonObject into, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is JsonObject inner && into[name] is JsonObject old)
                Merge(old, inner);
            else if (value is null)
                into.Remove(name);
            else
                into[name] = value.DeepClone();
        }
    }

    private sealed class Versioned(int version, object value) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.ETag = $"\"{version}\"";
            return Results.Json(value).ExecuteAsync(httpContext);
        }
    }

    [GeneratedRegex("filename=\"?([^\";\r\n]+)")]
    private static partial Regex FileName();

    [GeneratedRegex("name=\"?component\"?\\s+([0-9]+)")]
    private static partial Regex Component();
}
