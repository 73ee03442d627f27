using HaLong.Notifications.Domain;

namespace HaLong.Notifications.Templates.Checking;

/// <summary>The texts of one language with what they are measured by.</summary>
/// <param name="Kind">Which notice.</param>
/// <param name="Language">vi or en; also the path of its texts.</param>
/// <param name="Input">The whole template.</param>
/// <param name="Samples">Long values of the variables.</param>
internal sealed record TextsContext(string Kind, string Language, TemplateInput Input, IReadOnlyDictionary<string, string> Samples)
{
    /// <summary>Checks the places for variables; false when the text cannot be filled.</summary>
    public bool Places(string path, string text, Defects defects)
    {
        var before = defects.Count;
        if (Placeholders.HasStrayBraces(text))
            defects.Add(path, "Có dấu ngoặc nhọn không phải chỗ điền biến.", "There are braces that are no place for a variable.");
        foreach (var name in Placeholders.In(text).Distinct())
        {
            if (!NoticeKinds.Variables[Kind].Contains(name))
                defects.Add(path, $"Sự kiện không có biến “{name}”.", $"The event cannot fill “{name}”.");
            else if (Input.Variables?.Contains(name) == false)
                defects.Add(path, $"Biến “{name}” chưa được khai báo.", $"“{name}” is not declared.");
        }

        if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
            defects.Add(path, "Có ký tự điều khiển.", "There are control characters.");
        return before == defects.Count;
    }

    /// <summary>The same, for what is read on a locked screen or by a carrier.</summary>
    public bool OpenPlaces(string path, string text, Defects defects)
    {
        foreach (var name in Placeholders.In(text).Distinct().Where(NoticeKinds.Private.Contains))
            defects.Add(path, $"Biến “{name}” không được đưa ra ngoài hộp thư.", $"“{name}” must not leave the inbox and the mailbox.");
        return Places(path, text, defects);
    }

    public string Fill(string text) => Placeholders.Fill(text, Samples);
}
