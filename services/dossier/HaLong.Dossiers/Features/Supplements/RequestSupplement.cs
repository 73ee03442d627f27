using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features.Supplements;

/// <summary>
/// An official asks the applicant, in one complete list, for everything that is missing or wrong (form 02): reception before acceptance, the
/// case officer during handling.
/// </summary>
internal sealed class RequestSupplement(LifecycleDesk desk, DeadlineDesk deadlines, ProcedureCatalogue catalogue)
{
    private const int MostItems = 50;

    /// <param name="Items">Everything, each bound to a component or a field of the form.</param>
    /// <param name="LegalBasis">The provision that demands it.</param>
    /// <param name="Deadline">Last local day for the applicant.</param>
    internal sealed record Request(IReadOnlyList<Item>? Items, string? LegalBasis, DateOnly? Deadline);

    /// <param name="Component">Number of the component from 1; or else</param>
    /// <param name="Field">JSON pointer into the form's data.</param>
    /// <param name="Name">Name of the field for people; components have theirs from the catalogue.</param>
    /// <param name="Reason">What is missing or wrong, in plain words.</param>
    internal sealed record Item(int? Component, string? Field, string? Name, string? Reason);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/supplement-requests",
            (Guid id, Request request, RequestSupplement handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Ask the applicant once, in one complete list, to complete the dossier")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422);

    private Task<IResult> HandleAsync(Guid id, Request request, HttpContext http, CancellationToken ct) =>
        desk.ActAsync(id, Moves.RequestSupplement, http, deed => RequestAsync(deed, request, ct), ct);

    private async Task<Result> RequestAsync(Deed deed, Request request, CancellationToken ct)
    {
        var (dossier, actor, now) = deed;
        var (input, calendar, limits) = (new Input(), await desk.CalendarAsync(ct), desk.WaitsOf(dossier));
        var items = Read(input, request.Items ?? [], catalogue.ContentOf(await catalogue.GetAsync(dossier.ProcedureId, ct)).Components);
        var legalBasis = input.May("legalBasis", request.LegalBasis);
        var deadline = input.Until("deadline", request.Deadline, now, limits.SupplementDays, limits.MaxDays, calendar);
        if (input.Error is { } error)
            return error;
        var lastDay = await deadlines.SupplementUntilAsync(dossier, ct) is { } day ? (day, desk.RulesOf(dossier).SupplementRequestDays) : ((DateOnly, int)?)null;
        return dossier.RequestSupplement(actor, new SupplementAsk(items, legalBasis, deadline), lastDay, now);
    }

    private static List<SupplementItem> Read(Input input, IReadOnlyList<Item> items, IReadOnlyList<ProcedureComponent> components)
    {
        if (items.Count is 0 or > MostItems)
            input.Wrong("items", $"Có từ 1 đến {MostItems} nội dung.", $"1 to {MostItems} items.");
        if (items.DistinctBy(i => (i.Component, i.Field)).Count() != items.Count)
            input.Wrong("items", "Mỗi thành phần hoặc trường chỉ nêu một lần.", "Each component or field once.");
        var read = new List<SupplementItem>();
        foreach (var (item, at) in items.Take(MostItems).Select((item, i) => (item, $"items[{i}]")))
        {
            var known = item.Component is { } number && number >= 1 && number <= components.Count;
            if ((item.Component is null) == (item.Field is null) || (item.Component is not null && !known) || (item.Field is { } field && !FieldPointer.IsValid(field)))
                input.Wrong(at, "Phải nêu một thành phần hồ sơ của thủ tục hoặc một trường của biểu mẫu.", "Name a component of the procedure or a field of the form.");
            var reason = input.Need($"{at}.reason", item.Reason, 1000);
            var name = known ? components[item.Component!.Value - 1].NameVi : input.May($"{at}.name", item.Name, Input.Short) ?? item.Field ?? "";
            read.Add(new SupplementItem(item.Component, item.Field, name, reason));
        }
        return read;
    }
}
