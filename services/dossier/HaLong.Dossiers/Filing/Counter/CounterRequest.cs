using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Filing.Placing;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Filing.Counter;

/// <summary>What reception enters.</summary>
/// <param name="OwnerId">Account of the owner.</param>
/// <param name="OwnerCheck">Last four digits of the owner's personal number, read from the card; absent when not shown.</param>
/// <param name="ProcedureCode">Code of the procedure.</param>
/// <param name="UnitCode">The unit that decides; absent: follows from the place, else the officer's own unit.</param>
/// <param name="Place">Where the land, the house or the person is.</param>
/// <param name="ReceivingUnitCode">Where the result is fetched; absent: the officer's unit.</param>
/// <param name="Channel">counter or post.</param>
/// <param name="SubmitterName">Who brought the papers; absent when it is the owner.</param>
/// <param name="Relation">owner, authorised, family or post.</param>
/// <param name="Evidence">The authorisation, or the post's item number; required unless the owner came.</param>
/// <param name="Papers">Papers handed over, by component.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Data">The form, an object; may be absent.</param>
internal sealed record CounterRequest(
    Guid? OwnerId, string? OwnerCheck, string? ProcedureCode, string? UnitCode, PlaceInput? Place, string? ReceivingUnitCode, string? Channel,
    string? SubmitterName, string? Relation, string? Evidence, IReadOnlyList<PaperOriginal>? Papers, string? Subject, JsonElement? Data);

/// <summary>What reception may enter; everything wrong is told at once.</summary>
internal static class CounterRules
{
    private const int MaxName = 200, MaxEvidence = 500, MaxPapers = 100, MaxSheets = 1000;

    public static Error? Check(CounterRequest request, ProcedureContent? procedure)
    {
        var error = DraftRules.CheckSubject(null, request.Subject);
        if (request.Data is { ValueKind: not JsonValueKind.Null } data)
            error = DraftRules.CheckData(error, data);
        if (request.OwnerId is not { } owner || owner == Guid.Empty)
            error = DraftRules.Add(error, "ownerId", "Thiếu chủ hồ sơ.", "The owner is missing.");
        if (request.OwnerCheck is { } check && (check.Length != 4 || !check.All(char.IsAsciiDigit)))
            error = DraftRules.Add(error, "ownerCheck", "Bốn chữ số cuối của số định danh.", "The last four digits of the personal number.");
        if (procedure is null)
            error = DraftRules.Add(error, "procedureCode", DossierErrors.UnknownProcedure.Vi, DossierErrors.UnknownProcedure.En);
        error = CheckChannel(error, request, procedure);
        error = CheckSubmitter(error, request);
        return CheckPapers(error, request, procedure);
    }

    private static Error? CheckChannel(Error? error, CounterRequest request, ProcedureContent? procedure)
    {
        var channel = request.Channel switch { "counter" => "direct", "post" => "post", _ => null };
        if (channel is null)
            return DraftRules.Add(error, "channel", "Chỉ có “counter” và “post”.", "Either “counter” or “post”.");
        return procedure is { Channels.Count: > 0 } && !procedure.Channels.Contains(channel)
            ? (error ?? SubmissionErrors.NotAtCounter).WithField("channel", SubmissionErrors.NotAtCounter.Vi, SubmissionErrors.NotAtCounter.En)
            : error;
    }

    private static Error? CheckSubmitter(Error? error, CounterRequest request)
    {
        if (request.Relation is null || !SubmitterRelation.All.Contains(request.Relation))
            return DraftRules.Add(error, "relation", "Chỉ có “owner”, “authorised”, “family” và “post”.", "One of “owner”, “authorised”, “family”, “post”.");
        if (request.Relation == SubmitterRelation.Owner)
            return error;
        if (!IsText(request.SubmitterName, MaxName))
            error = DraftRules.Add(error, "submitterName", $"Họ tên người nộp có từ 1 đến {MaxName} ký tự.", $"The submitter's name has 1 to {MaxName} characters.");
        return IsText(request.Evidence, MaxEvidence)
            ? error
            : DraftRules.Add(error, "evidence", "Nêu giấy ủy quyền, quan hệ hoặc số bưu gửi.", "Say by which authorisation, relation or postal item.");
    }

    private static Error? CheckPapers(Error? error, CounterRequest request, ProcedureContent? procedure)
    {
        var papers = request.Papers ?? [];
        if (papers.Count > MaxPapers)
            return DraftRules.Add(error, "papers", $"Nhiều nhất {MaxPapers} dòng.", $"At most {MaxPapers} lines.");
        foreach (var (paper, i) in papers.Select((paper, i) => (paper, i)))
        {
            int[] counts = paper is null ? [] : [paper.Originals, paper.CertifiedCopies, paper.Copies];
            var isGood = paper is not null && paper.Component >= 1 && (procedure is null || paper.Component <= procedure.Components.Count)
                && counts.All(c => c is >= 0 and <= MaxSheets) && counts.Sum() > 0 && (paper.Note is null || IsText(paper.Note, MaxEvidence));
            if (!isGood)
                error = DraftRules.Add(error, $"papers[{i}]", "Thành phần hoặc số lượng không hợp lệ.", "The component or the numbers are not valid.");
        }
        return error;
    }

    private static bool IsText(string? text, int max) => text?.Trim() is { Length: > 0 } word && word.Length <= max && JsonInput.IsStorable(word);
}
