using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Filing;
using HaLong.Portal.Find;

namespace HaLong.Portal.Work;

/// <summary><c>/work/{id}</c>: form and papers side by side, what is wrong with them, where the dossier stands and why, and every move that is open.</summary>
internal static class CasePages
{
    /// <summary>Papers are shown in a frame from our own address, on this page alone.</summary>
    private const string Policy = PortalService.Policy + "; frame-src 'self'";

    public static void Map(RouteGroupBuilder group) => group.MapGet("/{id:guid}", (
        Guid id, string? queue, Guid? paper, string? done, ApiClient api, HttpContext context, CancellationToken ct) =>
        ShowAsync(id, new Sent(queue, paper, Moves.Find(done)?.Key), api, context, ct));

    /// <summary>What the page was opened with.</summary>
    /// <param name="Done">The move that was just made.</param>
    public sealed record Sent(string? Queue, Guid? Paper, string? Done)
    {
        /// <summary>The move that was refused, with what was typed.</summary>
        public string? Failed { get; init; }
        public Trouble? Trouble { get; init; }
        public int Status { get; init; } = StatusCodes.Status200OK;
        public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

        /// <summary>Kept where nobody knows whether it was done.</summary>
        public string? Once { get; init; }
    }

    public static async Task<IResult> ShowAsync(Guid id, Sent sent, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var answer = await api.GetAsync<Case>($"dossiers/{id}", ct);
        // Gone to another unit by the move that was just made.
        if (sent.Done is not null && answer.Status == System.Net.HttpStatusCode.NotFound)
            return Pages.Go($"/work?queue={Queues.Of(sent.Queue)}");
        if (WorkPages.Otherwise(answer.Status, context, $"/work/{id}?queue={Queues.Of(sent.Queue)}") is { } otherwise)
            return otherwise;
        if (answer.Value is not { } dossier)
            return Pages.Of<NotNow>(answer.Trouble, (int)answer.Status);
        var model = await ReadAsync(answer, dossier, api, ct);
        context.Response.Headers.ContentSecurityPolicy = Policy;
        return Pages.Of<CasePage>(model with
        {
            Queue = Queues.Of(sent.Queue),
            Shown = dossier.Papers.FirstOrDefault(p => p.Id == sent.Paper) ?? dossier.Papers.OrderBy(p => p.Component ?? int.MaxValue).FirstOrDefault(),
            Done = sent.Done,
            Failed = sent.Failed,
            Trouble = sent.Trouble,
            Typed = sent.Typed,
            Once = sent.Once ?? FormKey.New(),
        }, sent.Status);
    }

    private static async Task<CaseModel> ReadAsync(Answer<Case> answer, Case dossier, ApiClient api, CancellationToken ct)
    {
        var id = dossier.Id;
        var procedure = api.GetAsync<Procedure>("procedures/" + Uri.EscapeDataString(dossier.ProcedureCode), ct);
        var form = FormAsync(id, api, ct);
        var steps = api.GetAsync<IReadOnlyList<CaseStep>>($"dossiers/{id}/timeline", ct);
        var deadline = api.GetAsync<CaseDeadline>($"dossiers/{id}/deadline", ct);
        var notes = api.GetAsync<Listed<CaseNote>>($"dossiers/{id}/notes?limit=100", ct);
        var opinions = api.GetAsync<IReadOnlyList<Opinion>>($"dossiers/{id}/opinions", ct);
        var supplements = api.GetAsync<IReadOnlyList<SupplementList>>($"dossiers/{id}/supplement-requests", ct);
        var forms = api.GetAsync<IReadOnlyList<IssuedForm>>($"dossiers/{id}/forms", ct);
        var same = api.GetAsync<Duplicates>($"dossiers/{id}/duplicates", ct);
        var (definition, fieldNotes) = await form;
        var model = new CaseModel(answer)
        {
            Components = (await procedure).Value?.Components ?? [],
            Form = definition,
            FormNotes = fieldNotes,
            Steps = (await steps).Value ?? [],
            Deadline = (await deadline).Value,
            Notes = (await notes).Value?.Items ?? [],
            Opinions = (await opinions).Value ?? [],
            Supplements = (await supplements).Value ?? [],
            Forms = (await forms).Value ?? [],
            SameMatter = (await same).Value?.Items ?? [],
            DuplicateReason = (await same).Value?.Decision?.Reason,
            Units = Moves.NeedUnits(dossier) ? await UnitsAsync(dossier, api, ct) : [],
        };
        return model with
        {
            IsPartial = !((await procedure).IsSuccess && (await steps).IsSuccess && (await deadline).IsSuccess && (await notes).IsSuccess && IsRead(await opinions)
                && (await supplements).IsSuccess && (await forms).IsSuccess && (await same).IsSuccess),
        };
    }

    // Opinions are for the unit that decides: where it is only taken in and handed out there are none to read.
    private static bool IsRead(Answer<IReadOnlyList<Opinion>> opinions) => opinions.IsSuccess || opinions.Status == System.Net.HttpStatusCode.NotFound;

    // Asked may be any unit of the city; where one was divided, only its successors go on.
    private static async Task<IReadOnlyList<UnitChoice>> UnitsAsync(Case dossier, ApiClient api, CancellationToken ct)
    {
        if (dossier.AwaitsUnit)
            return [.. (await FilingPages.UnitsAsync(api, ct)).Where(u => dossier.Filing!.UnitChoices!.Contains(u.Code))];
        var units = new List<UnitChoice>();
        string? after = null;
        do
        {
            var page = (await api.GetAsync<Listed<UnitChoice>>("units?limit=100" + (after is null ? "" : "&after=" + Uri.EscapeDataString(after)), ct)).Value;
            units.AddRange((page?.Items ?? []).Where(u => u.Code != dossier.UnitCode));
            after = page?.After;
        }
        while (after is not null);
        return units;
    }

    private static async Task<(FormDefinition? Form, IReadOnlyList<FieldNote> Notes)> FormAsync(Guid id, ApiClient api, CancellationToken ct)
    {
        const string root = "/api/v1/";
        if ((await api.GetAsync<DraftForm>($"dossiers/{id}/form", ct)).Value is not { FormUrl: { } url } bound || !url.StartsWith(root, StringComparison.Ordinal))
            return (null, []);
        return ((await api.GetAsync<FormAnswer>(url[root.Length..], ct)).Value?.Definition, bound.Warnings ?? []);
    }
}
