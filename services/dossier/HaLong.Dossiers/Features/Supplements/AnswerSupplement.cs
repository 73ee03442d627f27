using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features.Supplements;

/// <summary>
/// The applicant completes the dossier: the documents asked for are attached before, the fields come with this. Everything still missing is told
/// at once; during handling the limit then runs anew.
/// </summary>
internal sealed class AnswerSupplement(DossierDbContext db, DossierDesk dossiers, LifecycleDesk desk, ActingRights rights)
{
    /// <param name="Data">Merge patch of the form's data with the fields that were asked for, also those that stay as they are.</param>
    /// <param name="Note">What the applicant wants to say about it.</param>
    internal sealed record Request(JsonElement? Data, string? Note);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/supplement",
            (Guid id, Request? request, AnswerSupplement handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Applicant)
        .WithSummary("Complete the dossier as asked")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422, 503);

    private async Task<IResult> HandleAsync(Guid id, Request? request, HttpContext http, CancellationToken ct)
    {
        var taken = await dossiers.TakeOwnAsync(id, Acts.DossierSubmit, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var dossier = taken.Value;
        if (dossier.SupplementId is not { } listId)
            return dossier.WrongState().ToProblem();
        var list = await db.Supplements.SingleAsync(r => r.Id == listId, ct);
        var input = new Input();
        var note = input.May("note", request?.Note);
        var answer = request?.Data is { ValueKind: not JsonValueKind.Null } given ? given : (JsonElement?)null;
        var data = Merge(dossier, list, answer, input);
        if (input.Error is { } error)
            return error.ToProblem();
        var documents = await db.Documents.AsNoTracking().Where(d => d.DossierId == id && d.Kind == DocumentKind.Component && d.Component != null).ToListAsync(ct);
        var added = documents.Where(d => d.CreatedAt > list.RequestedAt).Select(d => d.Component!.Value).ToHashSet();
        if (list.Missing(added, answer) is { } missing)
            return missing.ToProblem();
        dossier.CountReused(documents);

        var now = desk.Now;
        Deadline? deadline = dossier.Status == DossierStatus.SupplementProcessing ? await desk.AfterAsync(dossier, ClockEffect.Restart, now, null, ct) : null;
        var done = dossier.Supplement(list, dossiers.As(rights.Role), data, note, deadline, now);
        if (!done.IsSuccess)
            return done.Error.ToProblem();
        var allowed = await rights.CommitAsync(Acts.DossierSubmit, dossier, ct);
        return allowed.IsSuccess ? await dossiers.SaveAsync(dossier, Moves.Supplement, http, ct) : allowed.Error.ToProblem();
    }

    /// <summary>The form with the fields given now; only those that were asked for can change.</summary>
    private static string Merge(Dossier dossier, SupplementRequest list, JsonElement? answer, Input input)
    {
        if (answer is not { } patch)
            return dossier.Data;
        if (patch.ValueKind != JsonValueKind.Object || !JsonInput.IsStorable(patch))
        {
            input.Wrong("data", "Dữ liệu biểu mẫu phải là một đối tượng JSON lưu được.", "The form data must be a JSON object that can be stored.");
            return dossier.Data;
        }
        var asked = list.Items.Select(i => i.Field).OfType<string>().ToList();
        foreach (var leaf in FieldPointer.Leaves(patch).Where(leaf => !asked.Exists(a => leaf == a || leaf.StartsWith(a + "/", StringComparison.Ordinal))))
            input.Wrong("data" + leaf, LifecycleErrors.NotAskedFor.Vi, LifecycleErrors.NotAskedFor.En);
        var merged = JsonInput.Merge(JsonNode.Parse(dossier.Data), patch)!.ToJsonString(DataFiles.Json);
        if (merged.Length > JsonInput.MaxLength)
            input.Wrong("data", "Dữ liệu biểu mẫu quá lớn.", "The form data are too large.");
        return merged;
    }
}
