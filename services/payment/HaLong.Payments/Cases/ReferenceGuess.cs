using System.Text.RegularExpressions;
using HaLong.Payments.Domain;

namespace HaLong.Payments.Cases;

/// <summary>A request whose reference a remittance text nearly names.</summary>
/// <param name="PaymentId">The request.</param>
/// <param name="Score">How much of its reference was found, 0 to 100. Only a whole reference settles by itself; everything below is for a person.</param>
internal sealed partial record ReferenceGuess(Guid PaymentId, int Score)
{
    /// <summary>Shorter pieces fit too much.</summary>
    public const int ShortestPiece = 6;

    /// <summary>Pieces of a text that may be what is left of a reference: "HL" and at least four characters, without blanks, case or the letters that people mistake.</summary>
    public static IReadOnlyList<string> PiecesOf(string remittance)
    {
        var text = string.Concat(remittance.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
        return [.. Piece().Matches(text).Select(m => PaymentReference.Prefix + Mend(m.Value[PaymentReference.Prefix.Length..])).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The best of several candidates; null when none fits, or two fit alike.</summary>
    public static ReferenceGuess? Best(string remittance, IEnumerable<(Guid Id, string Reference)> candidates)
    {
        var pieces = PiecesOf(remittance);
        var scored = candidates.Select(c => new ReferenceGuess(c.Id, pieces.Count == 0 ? 0 : pieces.Max(p => ScoreOf(p, c.Reference))))
            .Where(g => g.Score >= 100 * ShortestPiece / PaymentReference.Length).OrderByDescending(g => g.Score).Take(2).ToList();
        return scored.Count == 1 || (scored.Count == 2 && scored[0].Score > scored[1].Score) ? scored[0] : null;
    }

    /// <summary>Characters that agree from the front, or all but one of a piece of the right length, in hundredths of the reference.</summary>
    internal static int ScoreOf(string piece, string reference)
    {
        var front = 0;
        while (front < Math.Min(piece.Length, reference.Length) && piece[front] == reference[front])
            front++;
        var whole = piece.Length >= reference.Length ? reference.Where((c, i) => piece[i] == c).Count() : 0;
        return 100 * Math.Max(front, whole >= reference.Length - 1 ? whole : 0) / PaymentReference.Length;
    }

    /// <summary>Crockford's alphabet has no I, L, O, U: whoever typed one meant 1 or 0, or V.</summary>
    private static string Mend(string text) => text.Replace('I', '1').Replace('L', '1').Replace('O', '0').Replace('U', 'V');

    [GeneratedRegex("HL[0-9A-Z]{4,10}")]
    private static partial Regex Piece();
}
