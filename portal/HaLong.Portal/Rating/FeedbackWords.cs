using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Rating;

internal static class FeedbackWords
{
    private const int Longest = 200;

    public static string Kind(string kind) => kind == "complaint" ? Bilingual("Phản ánh", "Complaint") : Bilingual("Kiến nghị", "Proposal");

    public static string Short(string text) => text.Length <= Longest ? text : text[..Longest] + "…";
}
