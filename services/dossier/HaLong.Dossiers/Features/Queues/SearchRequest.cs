using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features.Queues;

/// <summary>What is searched for: exactly one of text and personal number.</summary>
/// <param name="Text">A dossier code or its beginning, or the owner's name in any spelling.</param>
/// <param name="PersonalNumber">All 12 digits.</param>
/// <param name="Open">True: only what is not over.</param>
/// <param name="After">Cursor of the page before.</param>
/// <param name="Limit">Lines of a page.</param>
internal sealed record SearchRequest(string? Text, string? PersonalNumber, bool? Open, string? After, int? Limit)
{
    private const int Shortest = 2, Longest = 100, Digits = 12;

    /// <summary>Everything that is wrong with it; null when nothing is.</summary>
    public Error? Check()
    {
        Error? error = null;
        if (Text is null == PersonalNumber is null)
            Wrong("text", "Hãy tìm theo đúng một trong: nội dung hoặc số định danh cá nhân.", "Search by exactly one of text and personal number.");
        if (Text is { } text && (text.Trim().Length is < Shortest or > Longest || !JsonInput.IsStorable(text)))
            Wrong("text", $"Có từ {Shortest} đến {Longest} ký tự.", $"Has {Shortest} to {Longest} characters.");
        if (PersonalNumber is { } number && (number.Trim().Length != Digits || !number.Trim().All(char.IsAsciiDigit)))
            Wrong("personalNumber", $"Số định danh cá nhân có {Digits} chữ số.", $"A personal number has {Digits} digits.");
        return error;

        void Wrong(string field, string vi, string en) => error = (error ?? QueueErrors.SearchInvalid).WithField(field, vi, en);
    }
}
