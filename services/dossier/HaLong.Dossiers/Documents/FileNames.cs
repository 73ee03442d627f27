using System.Globalization;
using System.Text;

namespace HaLong.Dossiers.Documents;

/// <summary>File names that can be shown and sent safely.</summary>
internal static class FileNames
{
    private const int MaxStem = 120;

    /// <summary>
    /// The last part of what the client called the file, without folders, control and direction characters, and with the extension of what
    /// the file really is.
    /// </summary>
    public static string Safe(string? name, FileType type)
    {
        var last = (name ?? "").Split('/', '\\')[^1];
        var clean = new StringBuilder();
        foreach (var rune in last.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                || rune == Rune.ReplacementChar || (rune.IsAscii && "\"<>:|?*;%".Contains((char)rune.Value, StringComparison.Ordinal)))
                continue;
            clean.Append(rune.ToString());
        }
        var stem = Path.GetFileNameWithoutExtension(clean.ToString()).Normalize(NormalizationForm.FormC).Trim(' ', '.');
        if (stem.Length > MaxStem)
            stem = stem[..(char.IsHighSurrogate(stem[MaxStem - 1]) ? MaxStem - 1 : MaxStem)];
        return (stem.Length == 0 ? "document" : stem) + type.Extension;
    }
}
