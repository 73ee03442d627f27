using System.Collections.Frozen;
using HaLong.Identity.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.PersonalData;

/// <summary>Why somebody wants to see personal data that is otherwise masked.</summary>
/// <param name="Purpose">dossier-processing, counter-verification, complaint or inspection; not needed for one's own.</param>
/// <param name="Note">The reason in words, at least 10 characters; the person can read it.</param>
/// <param name="DossierId">The dossier, for dossier-processing.</param>
internal sealed record DisclosureRequest(string? Purpose, string? Note, Guid? DossierId);

/// <summary>The closed list of purposes, and who may claim which.</summary>
internal static class DisclosurePurpose
{
    public const string Dossier = "dossier-processing";
    public const string Counter = "counter-verification";
    public const string Complaint = "complaint";
    public const string Inspection = "inspection";

    private const int ShortestNote = 10;
    private const int LongestNote = 500;

    private static readonly FrozenDictionary<string, string[]> RolesOf = new Dictionary<string, string[]>
    {
        [Dossier] = [Roles.Reception, Roles.Officer, Roles.Approver],
        [Counter] = [Roles.Reception],
        [Complaint] = [Roles.Approver, Roles.Auditor],
        [Inspection] = [Roles.Auditor],
    }.ToFrozenDictionary();

    /// <summary>Officials who may ask at all.</summary>
    public static readonly IReadOnlyList<string> Officials = [.. RolesOf.Values.SelectMany(r => r).Distinct()];

    /// <summary>The role in which the caller claims the purpose, or why not.</summary>
    public static Result<string> RoleFor(DisclosureRequest request, Caller caller)
    {
        var error = IdentityErrors.InvalidDisclosure;
        if (request.Purpose is null || !RolesOf.ContainsKey(request.Purpose))
            error = error.WithField("purpose", $"Một trong: {string.Join(", ", RolesOf.Keys.Order())}.", $"One of: {string.Join(", ", RolesOf.Keys.Order())}.");
        if ((request.Note?.Trim().Length ?? 0) is < ShortestNote or > LongestNote)
            error = error.WithField("note", $"Từ {ShortestNote} đến {LongestNote} ký tự.", $"{ShortestNote} to {LongestNote} characters.");
        if (request is { Purpose: Dossier, DossierId: null })
            error = error.WithField("dossierId", "Hãy nêu hồ sơ đang giải quyết.", "Name the dossier that is being handled.");
        if (error.FieldMessages.Count > 0)
            return error;
        return RolesOf[request.Purpose!].FirstOrDefault(caller.IsInRole) is { } role ? role : IdentityErrors.PurposeNotYours; // Checked above.
    }
}
