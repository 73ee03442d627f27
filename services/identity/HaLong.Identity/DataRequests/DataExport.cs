using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.DataRequests;

/// <summary>The copy that was made for a request; sealed, and destroyed after a while.</summary>
internal sealed class DataExport
{
    /// <summary>Id of the request.</summary>
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    public required byte[] Sealed { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>
/// A part of the copy that a person gets of everything identity holds about her. Every area that keeps data about people registers its own.
/// </summary>
/// <param name="Name">Name in the JSON.</param>
/// <param name="Vi">Heading.</param>
/// <param name="En">Heading.</param>
/// <param name="ReadAsync">Reads what there is about an account; gets the services of the request.</param>
internal sealed record ExportSection(string Name, string Vi, string En, Func<IServiceProvider, Guid, CancellationToken, Task<object?>> ReadAsync);

/// <summary>Where the rest of the platform's data about a person is.</summary>
/// <param name="Service">Name of the part.</param>
/// <param name="Path">Where to get it.</param>
/// <param name="Vi">What it is.</param>
/// <param name="En">What it is.</param>
internal sealed record ElsewhereView(string Service, string Path, string Vi, string En)
{
    public static readonly IReadOnlyList<ElsewhereView> All =
    [
        new("dossier", "/api/v1/dossiers", "Hồ sơ thủ tục hành chính, giấy tờ và diễn biến", "Dossiers with their documents and steps"),
        new("dossier", "/api/v1/me/documents", "Kho giấy tờ: kết quả đã cấp, giấy tờ đã nộp", "Document store: results issued, papers handed in"),
        new("payment", "/api/v1/payments?dossierId={dossier}", "Khoản thanh toán của từng hồ sơ", "Payments of each dossier"),
        new("notification", "/api/v1/me/messages", "Thông báo đã gửi cho bạn", "Messages sent to you"),
    ];
}

/// <summary>Puts the copy together.</summary>
internal sealed class DataExportBuilder(IEnumerable<ExportSection> sections, IServiceProvider services)
{
    /// <summary>Letters as they are: the file is for people too.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>Everything about an account, as UTF-8 JSON.</summary>
    public async Task<byte[]> BuildAsync(Guid accountId, DateTimeOffset now, CancellationToken ct)
    {
        var parts = new Dictionary<string, object?>
        {
            ["about"] = new
            {
                accountId,
                createdAt = now,
                noteVi = "Bản sao này gồm mọi dữ liệu mà dịch vụ định danh lưu về bạn. Dữ liệu của các dịch vụ khác lấy tại địa chỉ trong mục “elsewhere”.",
                noteEn = "This copy holds everything the identity service keeps about you. What other services keep is found at the addresses under “elsewhere”.",
            },
        };
        foreach (var section in sections)
            parts[section.Name] = await section.ReadAsync(services, accountId, ct);
        parts["elsewhere"] = ElsewhereView.All;
        return JsonSerializer.SerializeToUtf8Bytes(parts, Json);
    }

    /// <summary>The headings of the parts, in the language of the request.</summary>
    public IReadOnlyDictionary<string, string> Headings => sections.ToDictionary(s => s.Name, s => Text.Bilingual(s.Vi, s.En));
}
