using System.Text.Json.Nodes;
using HaLong.Portal.Api;
using HaLong.Portal.Find;

namespace HaLong.Portal.Filing;

/// <summary>A dossier that is being filled in.</summary>
public sealed record Draft(
    Guid Id, string Status, string ProcedureCode, string ProcedureName, string UnitName, string Subject, JsonObject? Data, IReadOnlyList<DraftDocument> Documents)
{
    public bool IsOpen => Status == "DRAFT";
}

/// <summary>A file that was handed in.</summary>
public sealed record DraftDocument(Guid Id, int? Component, string FileName, long Size, Preflight? Preflight, string? MediaType = null)
{
    /// <summary>Whether a signature is missing or does not hold, and its owner can make one.</summary>
    public bool WantsSignature => MediaType == "application/pdf" && Preflight?.Checks.Any(c => c is { Code: "signature", Outcome: "fail" }) == true;
}

/// <summary>What a look at a file found.</summary>
public sealed record Preflight(string State, bool Blocks, IReadOnlyList<PreflightCheck> Checks);

public sealed record PreflightCheck(string Outcome, string Message, string? Code = null);

/// <summary>A paper of a draft, as it stands on the page or is put there by a script.</summary>
public sealed record PaperItemModel(Guid Draft, DraftDocument Document, string Once);

/// <summary>A signed paper that goes into a draft.</summary>
/// <param name="Session">In which it was signed.</param>
/// <param name="Chosen">The paper of the list that it is.</param>
/// <param name="Replaces">The unsigned one.</param>
public sealed record SignedPaperModel(Draft Draft, Guid Session, IReadOnlyList<Component> Components, int? Chosen, Guid? Replaces, Trouble? Trouble, string Once);

/// <summary>Which form a draft is filled in by, and what to do at which field.</summary>
public sealed record DraftForm(string? FormUrl, IReadOnlyList<FieldNote> Warnings);

public sealed record FieldNote(string Pointer, string Kind, string Message);

/// <summary>A page of the form.</summary>
/// <param name="Draft">As it stands.</param>
/// <param name="Version">Of it.</param>
/// <param name="Form">All of the form.</param>
/// <param name="Section">What is asked here.</param>
/// <param name="Notes">By pointer into the data.</param>
/// <param name="Trouble">What could not be saved.</param>
public sealed record FormPageModel(
    Draft Draft, string? Version, FormDefinition Form, FormSection Section, IReadOnlyDictionary<string, string> Notes, Trouble? Trouble, IReadOnlyList<UnitChoice> Units)
{
    public IReadOnlyList<FormSection> Visible => [.. Form.Sections.Where(s => s.When is null || s.When.Holds(Data))];

    public JsonObject Data => Draft.Data ?? [];
}

/// <summary>A ward or commune to choose.</summary>
public sealed record UnitChoice(string Code, string NameVi, string NameEn);

/// <summary>The papers of a draft.</summary>
/// <param name="Offers">Papers of the own store that fit.</param>
public sealed record PapersModel(Draft Draft, IReadOnlyList<Component> Components, IReadOnlyList<Dossiers.ReuseOffer> Offers, Trouble? Trouble);

/// <summary>All that was filled in, before it is filed.</summary>
public sealed record ReviewModel(
    Draft Draft, string? Version, FormDefinition? Form, IReadOnlyList<Component> Components, FeeQuote? Fees, IReadOnlyList<FieldNote> Notes, Trouble? Trouble);

public sealed record FeeQuote(long Total, IReadOnlyList<FeeLine> Lines);

public sealed record FeeLine(string Name, long Amount);
