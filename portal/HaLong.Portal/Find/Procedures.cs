namespace HaLong.Portal.Find;

/// <summary>A code with its names.</summary>
public sealed record Named(string Code, string Vi, string En);

public sealed record LifeEvent(string Code, string Name, IReadOnlyList<ProcedureName> Procedures);

public sealed record ProcedureName(string Code, string Name, bool Online);

/// <summary>What a search found.</summary>
/// <param name="Matching">exact, or how it had to be loosened to find anything.</param>
/// <param name="Suggestions">Words that would find something.</param>
public sealed record Found(
    IReadOnlyList<FoundProcedure> Items, string? After, int Total, string Matching, Facets Facets, IReadOnlyList<string> Suggestions);

public sealed record FoundProcedure(string Code, string Name, Named Field, string Level, bool Online);

public sealed record Facets(IReadOnlyList<Facet> Field, IReadOnlyList<Facet> Level);

public sealed record Facet(string Code, string Name, int Count);

/// <summary>All about a procedure that an applicant asks.</summary>
public sealed record Procedure(
    string Code, string Name, Named Field, Named CompetentAgency, IReadOnlyList<string> Subjects, IReadOnlyList<Component> Components, IReadOnlyList<Fee> Fees,
    bool Online, IReadOnlyList<Result> Results, IReadOnlyList<string> LegalBasis, ExpectedWait? ExpectedWait, string? NameVi = null);

/// <summary>A paper that is asked for.</summary>
/// <param name="OwnForm">Name of the electronic form that, filled in, is this paper; null for other papers.</param>
public sealed record Component(int Number, string Name, bool Required, int Originals, int Copies, string? Condition, string? OwnForm = null);

/// <param name="AmountVnd">Đồng; null where a rule says it.</param>
/// <param name="InForce">False for one that is not charged today.</param>
public sealed record Fee(string NameVi, string? NameEn, long? AmountVnd, string? Rule, bool Optional, bool InForce = true);

public sealed record Result(string NameVi, string? NameEn);

/// <summary>How long it takes really, in words, and what the law allows.</summary>
public sealed record ExpectedWait(string Basis, Limit? Limit, Words Words);

public sealed record Limit(Words Words);

public sealed record Words(string Text);
