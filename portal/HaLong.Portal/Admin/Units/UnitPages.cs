using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Design.Desk;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Admin.Units;

/// <summary>A unit on a day.</summary>
public sealed record Unit(string Id, string Code, string NameVi, string ShortNameVi, string NameEn, string Kind, string Level, string? ParentCode,
    DateOnly ValidFrom, DateOnly? ValidTo, string? LegalBasis);

/// <summary>A unit with where it came from and what became of it.</summary>
public sealed record UnitStory(Unit Unit, string? EndLegalBasis, IReadOnlyList<string> FormedFromVi, string? SeatVi, string? Note,
    IReadOnlyList<Transition> Predecessors, IReadOnlyList<Transition> Successors);

/// <summary>A step from a unit to the next.</summary>
public sealed record Transition(UnitLabel Unit, string Kind, bool Part, DateOnly Effective, string? LegalBasis);

/// <summary>A unit by name.</summary>
public sealed record UnitLabel(string Id, string Code, string NameVi, string NameEn);

/// <summary>Where dossiers are taken in.</summary>
public sealed record ReceivingPlace(string Id, string Kind, string NameVi, string NameEn, string UnitId, DateOnly? ValidFrom, DateOnly? ValidTo,
    IReadOnlyList<string> Receives, string? SeatVi, string? Note, uint Version);

/// <summary><c>/admin/units</c>: the units of any day, their story, and the places that take dossiers in.</summary>
internal static class UnitPages
{
    private const string Here = "/admin/units";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/units", ListAsync);
        group.MapGet("/units/{id}", (string id, OfficeDesk desk) => ShowAsync(id, Typed.Nothing, desk));
        group.MapPost("/units/{id}/{step}", TakeAsync);
        PlacePages.Map(group);
    }

    private static async Task<IResult> ListAsync(string? q, string? level, string? parent, string? at, string? after, OfficeDesk desk)
    {
        var query = new[] { ("q", q), ("level", level), ("parent", parent), ("at", at) };
        var units = await desk.GetAsync<Listed<Unit>>(Query.Of("units?limit=100", [.. query, ("after", after)]));
        return desk.Stop(units) ?? OfficeDesk.Of(AdminArea.Screen(Bilingual("Đơn vị hành chính", "Administrative units"), Typed.Nothing,
            new Filter(Here, new Ask("q", Bilingual("Tên hoặc mã", "Name or code"), AskKind.Text, q),
                new Ask("level", Bilingual("Cấp", "Level"), AskKind.Choice, level)
                {
                    IsOptional = true,
                    Choices = Labels.Choices("province", "district", "commune")
                },
                new Ask("parent", Bilingual("Thuộc (mã)", "Under (code)"), AskKind.Text, parent) { IsOptional = true },
                new Ask("at", Bilingual("Vào ngày", "On the day"), AskKind.Day, at) { IsOptional = true }),
            Lists.Of(units, Bilingual("Đơn vị", "Units"), Query.Of(Here, query),
                [Bilingual("Tên", "Name"), Bilingual("Mã", "Code"), Bilingual("Loại", "Kind"), Bilingual("Thuộc", "Under"), Bilingual("Hiệu lực", "Valid")],
                u => [new Cell(Bilingual(u.NameVi, u.NameEn), $"{Here}/{u.Id}"), u.Code, Labels.Name(u.Kind),
                    u.ParentCode is { } p ? new Cell(p, $"{Here}?parent={p}") : "", LocalDay.Span(u.ValidFrom, u.ValidTo)])), Typed.Nothing);
    }

    private static async Task<IResult> TakeAsync(string id, string step, IFormCollection form, OfficeDesk desk)
    {
        var unit = await desk.GetAsync<UnitStory>("units/" + Uri.EscapeDataString(id));
        return desk.Stop(unit) ?? await desk.TakeAsync(step, [Correct(unit.Value!), AddPlace(unit.Value!.Unit)], form, $"{Here}/{id}", t => ShowAsync(id, t, desk));
    }

    private static Task<IResult> ShowAsync(string id, Typed typed, OfficeDesk desk) =>
        desk.ShowAsync<UnitStory>("units/" + Uri.EscapeDataString(id), typed, async answer =>
    {
        var (s, u) = (answer.Value!, answer.Value!.Unit);
        var (places, history, children) = (
            desk.GetAsync<Listed<ReceivingPlace>>($"receiving-places?unit={Uri.EscapeDataString(u.Id)}&limit=50"),
            desk.GetAsync<Listed<UnitStory>>($"units/{Uri.EscapeDataString(u.Code)}/history"),
            desk.GetAsync<Listed<Unit>>($"units?parent={Uri.EscapeDataString(u.Code)}&limit=100"));
        return AdminArea.Screen(Bilingual(u.NameVi, u.NameEn), typed,
            new Facts(
                new(Bilingual("Mã", "Code"), u.Code), new(Bilingual("Loại", "Kind"), Labels.Name(u.Kind)), new(Bilingual("Cấp", "Level"), Labels.Name(u.Level)),
                new(Bilingual("Thuộc", "Under"), u.ParentCode),
                new(Bilingual("Hiệu lực", "Valid"), LocalDay.Span(u.ValidFrom, u.ValidTo)), new(Bilingual("Căn cứ", "Legal basis"), u.LegalBasis),
                new(Bilingual("Chấm dứt theo", "Ended by"), s.EndLegalBasis),
                new(Bilingual("Lập từ", "Formed from"), string.Join(", ", s.FormedFromVi)), new(Bilingual("Trụ sở", "Seat"), s.SeatVi),
                new(Bilingual("Ghi chú", "Note"), s.Note)),
            Story(Bilingual("Tiền thân", "Predecessors"), s.Predecessors), Story(Bilingual("Kế thừa", "Successors"), s.Successors),
            Lists.Of(await history, Bilingual("Các đời của mã này", "Versions of this code"), null, [Bilingual("Tên", "Name"), Bilingual("Hiệu lực", "Valid")],
                h => [new Cell(Bilingual(h.Unit.NameVi, h.Unit.NameEn), $"{Here}/{h.Unit.Id}"), LocalDay.Span(h.Unit.ValidFrom, h.Unit.ValidTo)]),
            u.Level == "commune" ? null : Lists.Of(await children, Bilingual("Đơn vị trực thuộc", "Units below"), null,
                [Bilingual("Tên", "Name"), Bilingual("Mã", "Code")], c => [new Cell(Bilingual(c.NameVi, c.NameEn), $"{Here}/{c.Id}"), c.Code]),
            Lists.Of(await places, Bilingual("Nơi tiếp nhận hồ sơ", "Receiving places"), null,
                [Bilingual("Tên", "Name"), Bilingual("Loại", "Kind"), Bilingual("Tiếp nhận", "Receives"), Bilingual("Địa chỉ", "Where"),
                Bilingual("Hiệu lực", "Valid")],
                p => [new Cell(Bilingual(p.NameVi, p.NameEn), $"{Here}/{u.Id}/places/{p.Id}"), Labels.Name(p.Kind), string.Join(", ", p.Receives), p.SeatVi,
                    LocalDay.Span(p.ValidFrom, p.ValidTo)]),
            new Steps($"{Here}/{u.Id}", answer.Version, Correct(s), AddPlace(u))) with
        { Back = new(Bilingual("Đơn vị", "Units"), Here) };
    });

    private static Table? Story(string caption, IReadOnlyList<Transition> steps) => steps.Count == 0 ? null : new Table(
        caption, [Bilingual("Đơn vị", "Unit"), Bilingual("Cách", "How"), Bilingual("Từ ngày", "From"), Bilingual("Căn cứ", "Legal basis")],
        [.. steps.Select(t => (IReadOnlyList<Cell>)[new Cell(Bilingual(t.Unit.NameVi, t.Unit.NameEn), $"{Here}/{t.Unit.Id}"),
            Labels.Name(t.Kind) + (t.Part ? Bilingual(" (một phần)", " (in part)") : ""), LocalDay.Of(t.Effective), t.LegalBasis])]);

    private static Step Correct(UnitStory s) => new("correction", Bilingual("Sửa tên, trụ sở", "Correct names and seat"), HttpMethod.Patch,
        "admin/units/" + Uri.EscapeDataString(s.Unit.Id),
        new Ask("nameVi", Bilingual("Tên đầy đủ", "Full Vietnamese name"), AskKind.Text, s.Unit.NameVi) { Longest = 200 },
        new Ask("shortNameVi", Bilingual("Tên ngắn", "Short name"), AskKind.Text, s.Unit.ShortNameVi) { Longest = 200 },
        new Ask("nameEn", Bilingual("Tên tiếng Anh", "English name"), AskKind.Text, s.Unit.NameEn) { Longest = 200 },
        new Ask("seatVi", Bilingual("Trụ sở", "Seat"), AskKind.Text, s.SeatVi) { IsOptional = true, IsClearable = true, Longest = 300 },
        new Ask("note", Bilingual("Ghi chú", "Note"), AskKind.Area, s.Note) { IsOptional = true, IsClearable = true });

    private static Step AddPlace(Unit u) => new("place", Bilingual("Thêm nơi tiếp nhận", "Add a receiving place"), HttpMethod.Post, "admin/receiving-places",
        PlacePages.Asks(null))
    // The code of a unit that has ended may mean another one today.
    { Known = new System.Text.Json.Nodes.JsonObject { ["unit"] = u.ValidTo is null ? u.Code : u.Id } };
}
