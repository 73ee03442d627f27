using HaLong.Dossiers.Domain.Lifecycle;

namespace HaLong.Dossiers.Papers;

/// <summary>What a form says.</summary>
/// <param name="Form">The form; of a control slip the last.</param>
/// <param name="Data">Its data.</param>
/// <param name="HandOvers">All rows of a control slip.</param>
internal sealed record FormContent(IssuedForm Form, FormData Data, IReadOnlyList<HandOverRow> HandOvers)
{
    public static FormContent Of(IssuedForm form) => new(form, FormData.Of(form), []);

    /// <summary>What its QR code vouches for.</summary>
    public object Stated => HandOvers.Count == 0 ? Data : new { Form = Data, HandOvers };
}
