using System.Text.Json.Nodes;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Design.Desk;
using HaLong.Portal.Find;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Admin.Procedures;

/// <summary>A published version.</summary>
public sealed record ProcedureVersion(Guid VersionId, string State, DateOnly ValidFrom, DateOnly? ValidTo, string Name, DateTimeOffset? PublishedAt);

/// <summary>A draft in a list.</summary>
public sealed record DraftLine(Guid Id, string Code, string State, bool Repeal, DateOnly? ValidFrom, string? Note, DateTimeOffset UpdatedAt);

/// <summary>A field that two versions have differently.</summary>
public sealed record Change(string Path, string Label, string Kind, JsonNode? Before, JsonNode? After);

/// <summary>What is different.</summary>
public sealed record Comparison(IReadOnlyList<Change> Changes);

/// <summary>Something that was done to the catalogue.</summary>
public sealed record CatalogueEntry(DateTimeOffset At, Guid ActorId, string Action, string? Code, Guid? DraftId);

/// <summary><c>/admin/procedures</c>: the catalogue, a procedure with its versions, what differs, and who did what.</summary>
internal static class ProcedurePages
{
    private const string Here = "/admin/procedures";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/procedures", (string? q, string? state, string? after, OfficeDesk desk) => ListAsync(q, state, after, Typed.Nothing, desk));
        group.MapPost("/procedures/{step}", (string step, IFormCollection form, OfficeDesk desk) =>
            desk.TakeAsync(step, [Open(null), Import, TryOut], form, Here, t => ListAsync(null, null, null, t, desk)));
        group.MapPost("/procedures/imports/{id:guid}/{step}",
            (Guid id, string step, IFormCollection form, OfficeDesk desk) =>
            desk.TakeAsync(step, [PublishImport(id.ToString())], form, Here, t => ListAsync(null, "review", null, t, desk)));
        group.MapGet("/procedures/export.json", (ApiClient api, CancellationToken ct) => api.FileAsync("admin/procedures/export", ct));
        group.MapGet("/procedures/audit", AuditAsync);
        group.MapGet("/procedures/{code}", (string code, OfficeDesk desk) => OneAsync(code, Typed.Nothing, desk));
        group.MapPost("/procedures/{code}/{step}", (string code, string step, IFormCollection form, OfficeDesk desk) =>
            desk.TakeAsync(step, [Open(code), Repeal(code)], form, $"{Here}/{code}", t => OneAsync(code, t, desk)));
        group.MapGet("/procedures/{code}/comparison", CompareAsync);
    }

    /// <summary>What differs, as a table.</summary>
    public static Part Changes(Answer<Comparison> answer) => answer.Value is { } c
        ? new Table(Bilingual("Thay đổi", "Changes"), [Bilingual("Mục", "Field"), Bilingual("Trước", "Before"), Bilingual("Sau", "After")],
            [.. c.Changes.Select(x => (IReadOnlyList<Cell>)[x.Label, Shown(x.Before), Shown(x.After)])], Bilingual("Không có gì khác.", "Nothing differs."))
        : Lists.Unread(Bilingual("Thay đổi", "Changes"), answer.Trouble);

    private static string Shown(JsonNode? value) => value switch
    {
        null => "–",
        JsonValue v => v.ToString(),
        _ => value.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }),
    };

    private static async Task<IResult> ListAsync(string? q, string? state, string? after, Typed typed, OfficeDesk desk)
    {
        var drafts = await desk.GetAsync<Listed<DraftLine>>(Query.Of("admin/procedures/drafts?limit=50", ("state", state),
            ("after", q is null ? after : null)));
        if (desk.Stop(drafts) is { } otherwise)
            return otherwise;
        var found = q is null ? null : await desk.GetAsync<Found>(Query.Of("procedures?limit=20", ("q", q), ("after", after)));
        return OfficeDesk.Of(AdminArea.Screen(Bilingual("Thủ tục", "Procedures"), typed,
            new Links(new(Bilingual("Nhật ký danh mục", "Log of the catalogue"), Here + "/audit"),
                new(Bilingual("Tải danh mục (JSON)", "Download the catalogue (JSON)"), Here + "/export.json")),
            new Filter(Here, new Ask("q", Bilingual("Tìm thủ tục theo tên hoặc mã", "Find a procedure by name or code"), AskKind.Text, q)),
            found is null ? null : Lists.Of(
                new Answer<Listed<FoundProcedure>>(found.Status, found.Value is { } f ? new Listed<FoundProcedure>(f.Items, f.After) : null, found.Trouble, null),
                Bilingual("Thủ tục tìm thấy", "Procedures found"), Query.Of(Here, ("q", q)),
                [Bilingual("Tên", "Name"), Bilingual("Mã", "Code"), Bilingual("Lĩnh vực", "Field")],
                p => [new Cell(p.Name, $"{Here}/{p.Code}"), p.Code, Bilingual(p.Field.Vi, p.Field.En)]),
            new Filter(Here, new Ask("state", Bilingual("Trạng thái bản nháp", "State of drafts"), AskKind.Choice, state)
            {
                IsOptional = true,
                Choices = [.. new[] { "draft", "review", "approved", "published", "withdrawn" }.Select(s => new Choice(s, Labels.State(s).Text))],
            }),
            DraftTable(drafts, q is null ? Query.Of(Here, ("state", state)) : null),
            new Steps(Here, null, Open(null), TryOut, Import)), typed);
    }

    private static Part DraftTable(Answer<Listed<DraftLine>> drafts, string? here) => Lists.Of(
        drafts, Bilingual("Bản nháp", "Drafts"), here,
        [Bilingual("Mã thủ tục", "Code"), Bilingual("Trạng thái", "State"), Bilingual("Việc", "What"), Bilingual("Hiệu lực từ", "Valid from"),
            Bilingual("Ghi chú", "Note"), Bilingual("Sửa lúc", "Changed")],
        d => [new Cell(d.Code, $"{Here}/drafts/{d.Id}"), Labels.State(d.State), d.Repeal ? Bilingual("Bãi bỏ", "Repeal") : Bilingual("Sửa đổi", "Change"),
            LocalDay.Of(d.ValidFrom), d.Note, Design.Moment.Of(d.UpdatedAt)]);

    private static async Task<IResult> OneAsync(string code, Typed typed, OfficeDesk desk)
    {
        var path = Uri.EscapeDataString(code);
        var versions = await desk.GetAsync<IReadOnlyList<ProcedureVersion>>($"procedures/{path}/versions");
        if (desk.Stop(versions) is { } otherwise)
            return otherwise;
        var drafts = await desk.GetAsync<Listed<DraftLine>>($"admin/procedures/drafts?code={path}&limit=20");
        var all = versions.Value!.OrderByDescending(v => v.ValidFrom).ThenByDescending(v => v.PublishedAt).ToList();
        return OfficeDesk.Of(AdminArea.Screen(all.Count > 0 ? all[0].Name : code, typed,
            new Facts(new FactLine(Bilingual("Mã", "Code"), code)),
            new Links(new(Bilingual("Xem như người dân", "See it as citizens do"), $"/procedures/{code}"),
                new(Bilingual("Nhật ký", "Log"), $"{Here}/audit?code={path}")),
            new Table(Bilingual("Phiên bản", "Versions"), [Bilingual("Hiệu lực", "Valid"), Bilingual("Trạng thái", "State"), Bilingual("Công bố", "Published"),
                Bilingual("So với bản trước", "Against the one before")],
                [.. all.Select((v, i) => (IReadOnlyList<Cell>)[LocalDay.Span(v.ValidFrom, v.ValidTo), Labels.State(v.State), Lists.At(v.PublishedAt),
                    i + 1 < all.Count ? new Cell(Bilingual("So sánh", "Compare"), $"{Here}/{code}/comparison?from={all[i + 1].VersionId}&to={v.VersionId}")
                        : "–"])]),
            DraftTable(drafts, null),
            new Steps($"{Here}/{code}", null, Open(code), Repeal(code))) with
        { Back = new(Bilingual("Thủ tục", "Procedures"), Here) }, typed);
    }

    private static async Task<IResult> CompareAsync(string code, string? from, string? to, OfficeDesk desk)
    {
        var answer = await desk.GetAsync<Comparison>(Query.Of($"procedures/{Uri.EscapeDataString(code)}/comparison", ("from", from), ("to", to)));
        return desk.Stop(answer) ?? OfficeDesk.Of(
            AdminArea.Screen(Bilingual($"So sánh hai phiên bản của {code}", $"Two versions of {code}"), Typed.Nothing,
                Changes(answer)) with
            { Back = new(code, $"{Here}/{code}") }, Typed.Nothing);
    }

    private static async Task<IResult> AuditAsync(string? code, string? after, OfficeDesk desk)
    {
        var log = await desk.GetAsync<Listed<CatalogueEntry>>(Query.Of("admin/procedures/audit?limit=50", ("code", code), ("after", after)));
        if (desk.Stop(log) is { } otherwise)
            return otherwise;
        var people = await People.OfAsync(desk, log.Value!.Items.Select(e => (Guid?)e.ActorId));
        return OfficeDesk.Of(AdminArea.Screen(Bilingual("Nhật ký danh mục thủ tục", "Log of the catalogue"), Typed.Nothing,
            new Filter(Here + "/audit", new Ask("code", Bilingual("Mã thủ tục", "Code"), AskKind.Text, code) { IsOptional = true }),
            Lists.Of(log, Bilingual("Đã làm gì", "What was done"), Query.Of(Here + "/audit", ("code", code)),
                [Bilingual("Lúc", "When"), Bilingual("Ai", "Who"), Bilingual("Việc", "What"), Bilingual("Thủ tục", "Procedure")],
                e => [Design.Moment.Of(e.At), people.Of(e.ActorId), e.Action, e.DraftId is { } id ? new Cell(e.Code ?? "–", $"{Here}/drafts/{id}") : e.Code])) with
        { Back = new(Bilingual("Thủ tục", "Procedures"), Here) }, Typed.Nothing);
    }

    private static Step Open(string? code) => new("open",
        code is null ? Bilingual("Soạn thủ tục mới hoặc bản sửa", "Begin a procedure or a change") : Bilingual("Soạn bản sửa", "Begin a change"), HttpMethod.Post,
        "admin/procedures/drafts",
        new Ask("code", Bilingual("Mã thủ tục", "Code of the procedure"), code is null ? AskKind.Text : AskKind.Hidden, code)
        {
            Longest = 32,
            Hint = Bilingual("Của thủ tục đang có để sửa; mã khác để thêm thủ tục mới.", "Of one there is, to change it; another one for a new procedure.")
        },
        new Ask("note", Bilingual("Sửa gì, vì sao", "What changes and why"), AskKind.Area) { IsOptional = true })
    {
        Known = code is null ? null : new JsonObject { ["code"] = code },
        Then = DraftAddress,
    };

    private static Step Repeal(string code) => new("repeal", Bilingual("Soạn bãi bỏ thủ tục", "Begin a repeal"), HttpMethod.Post, "admin/procedures/drafts",
        new Ask("note", Bilingual("Căn cứ bãi bỏ", "Why it is repealed"), AskKind.Area))
    {
        Known = new JsonObject { ["code"] = code, ["repeal"] = true },
        Then = DraftAddress,
        IsGrave = true,
    };

    private static Step TryOut => new("import-trial", Bilingual("Thử nhập danh mục", "Try an import out"), HttpMethod.Post, "admin/procedures/imports?dryRun=true",
        FileAsk)
    {
        Hint = Bilingual("Cho biết tệp sẽ thay đổi gì và sai ở đâu; chưa ghi gì.", "Says what the file would change and what is wrong with it; nothing is written."),
        Show = Report,
    };

    private static Step Import => new("import", Bilingual("Nhập danh mục", "Import a catalogue"), HttpMethod.Post, "admin/procedures/imports?dryRun=false",
        FileAsk)
    { Show = Report };

    private static Ask FileAsk => new("items", Bilingual("Các thủ tục (mảng JSON, như “items” của tệp tải về)",
        "The procedures (a JSON array, as “items” of the download)"), AskKind.Json);

    private static string DraftAddress(JsonNode? draft) => $"{Here}/drafts/{draft?["id"]}";

    private static Screen Report(JsonNode? r) => AdminArea.Screen(Bilingual("Kết quả nhập danh mục", "What the import came to"), Typed.Nothing,
        new Facts(
            new FactLine(Bilingual("Thử, chưa ghi", "Tried out only"), Labels.YesNo(r?["dryRun"]?.GetValue<bool>() == true)),
            new FactLine(Bilingual("Tất cả", "All"), r?["total"]?.ToString()),
            new FactLine(Bilingual("Mới", "New"), r?["new"]?.ToString()), new FactLine(Bilingual("Thay đổi", "Changed"), r?["changed"]?.ToString()),
            new FactLine(Bilingual("Như cũ", "Unchanged"), r?["unchanged"]?.ToString())),
        new Bullets(Bilingual("Phải sửa", "To be mended"), [.. (r?["defects"] as JsonArray ?? []).Select(d => $"{d?["path"]}: {d?["message"]}")]),
        r?["importId"] is { } id ? new Steps(Here + "/imports/" + id, null, PublishImport(id.ToString())) : null) with
    { Back = new(Bilingual("Thủ tục", "Procedures"), Here) };

    private static Step PublishImport(string id) =>
        new("publication", Bilingual("Công bố tất cả", "Publish them all"), HttpMethod.Post, $"admin/procedures/imports/{id}/publication",
        new Ask("validFrom", Bilingual("Hiệu lực từ ngày", "Valid from"), AskKind.Day));
}
