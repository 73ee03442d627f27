using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Design.Desk;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Admin.Units;

/// <summary><c>/admin/units/{id}/places/{place}</c>: a place that takes dossiers in.</summary>
internal static class PlacePages
{
    private static readonly string[] Kinds = ["communeCentre", "communeOneStop", "cityCentre", "provincialCentre", "postOffice", "landRegistryBranch"];

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/units/{id}/places/{place}", (string id, string place, OfficeDesk desk) => ShowAsync(id, place, Typed.Nothing, desk));
        group.MapPost("/units/{id}/places/{place}/{step}", (string id, string place, string step, IFormCollection form, OfficeDesk desk) =>
            desk.TakeAsync(step, [Change(place, null)], form, $"/admin/units/{id}", t => ShowAsync(id, place, t, desk)));
    }

    public static IReadOnlyList<Ask> Asks(ReceivingPlace? p) =>
    [
        new("kind", Bilingual("Loại", "Kind"), AskKind.Choice, p?.Kind) { Choices = Labels.Choices(Kinds) },
        new("nameVi", Bilingual("Tên", "Vietnamese name"), AskKind.Text, p?.NameVi) { Longest = 200 },
        new("nameEn", Bilingual("Tên tiếng Anh", "English name"), AskKind.Text, p?.NameEn) { Longest = 200 },
        new("receives", Bilingual("Cách tiếp nhận", "Ways to receive"), AskKind.Choices, string.Join('\n', p?.Receives ?? ["direct"]))
        {
            Choices =
            [
                new("direct", Bilingual("Trực tiếp", "Over the counter")), new("online", Bilingual("Trực tuyến", "Online")),
                new("post", Bilingual("Bưu chính", "By post")), new("internal", Bilingual("Nội bộ", "Internal")),
            ],
        },
        new("seatVi", Bilingual("Địa chỉ", "Where it is"), AskKind.Text, p?.SeatVi) { IsOptional = true },
        new("validFrom", Bilingual("Từ ngày", "From"), AskKind.Day, LocalDay.Field(p?.ValidFrom)) { IsOptional = true },
        new("validTo", Bilingual("Đến ngày", "Until"), AskKind.Day, LocalDay.Field(p?.ValidTo)) { IsOptional = true },
        new("note", Bilingual("Ghi chú", "Note"), AskKind.Area, p?.Note) { IsOptional = true },
    ];

    private static async Task<IResult> ShowAsync(string id, string place, Typed typed, OfficeDesk desk)
    {
        var places = await desk.GetAsync<Listed<ReceivingPlace>>($"receiving-places?unit={Uri.EscapeDataString(id)}&limit=50");
        if (desk.Stop(places) is { } otherwise)
            return otherwise;
        return places.Value!.Items.FirstOrDefault(x => x.Id == place) is not { } p
            ? Pages.Of<NotFound>(StatusCodes.Status404NotFound)
            : OfficeDesk.Of(
                AdminArea.Screen(Bilingual(p.NameVi, p.NameEn), typed, new Steps($"/admin/units/{id}/places/{place}", $"\"{p.Version}\"", Change(place, p))) with
                { Back = new(Bilingual("Đơn vị", "The unit"), $"/admin/units/{id}") },
                typed);
    }

    private static Step Change(string place, ReceivingPlace? p) =>
        new("change", Bilingual("Lưu", "Save"), HttpMethod.Patch, "admin/receiving-places/" + Uri.EscapeDataString(place),
            [.. Asks(p).Where(a => a.Name is not ("kind" or "validFrom")).Select(a => a with { IsClearable = a.Name is "seatVi" or "note" })])
        { IsOpen = true };
}
