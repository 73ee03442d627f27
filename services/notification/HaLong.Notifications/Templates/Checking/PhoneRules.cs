using System.Text.RegularExpressions;
using HaLong.Notifications.Domain;

namespace HaLong.Notifications.Templates.Checking;

/// <summary>What an SMS and a notice on a device must be.</summary>
internal static partial class PhoneRules
{
    public const int MostParts = 3, LongestPushTitle = 60, LongestPushBody = 160;

    /// <summary>
    /// Each SMS begins with who writes: the sender's name (Decree 91/2020, art. 23) is not shown by every telephone.
    /// </summary>
    private static readonly Dictionary<string, string> Sender = new() { ["vi"] = "Dịch vụ công Hạ Long: ", ["en"] = "Ha Long public services: " };

    public static void Sms(TextsContext context, string? text, Defects defects)
    {
        var path = context.Language + ".sms";
        if (!Belongs(context, path, text is not null, defects) || text is null)
            return;
        if (string.IsNullOrWhiteSpace(text))
        {
            defects.Missing(path);
            return;
        }

        if (!text.StartsWith(Sender[context.Language], StringComparison.Ordinal))
            defects.Add(path, $"Tin nhắn phải bắt đầu bằng “{Sender[context.Language]}”.", $"The SMS must begin with “{Sender[context.Language]}”.");
        // Service messages are no advertising (Decree 91/2020, art. 13) and must not look like it.
        if (Advertising().IsMatch(text))
            defects.Add(path, "Tin nhắn dịch vụ không được là quảng cáo.", "A service message must not be advertising.");
        // An address with a token or to somewhere else would teach people to trust any.
        if (Address().IsMatch(text))
            defects.Add(path, "Chỉ được dùng {{link}}, không được ghi địa chỉ khác.", "Only {{link}} may be used, no other address.");
        if (context.OpenPlaces(path, text, defects) && SmsText.Measure(SmsText.Of(context.Fill(text))) is { Parts: > MostParts } size)
            defects.Add(path, $"Quá dài: {size.Parts} tin, tối đa {MostParts}.", $"Too long: {size.Parts} parts, at most {MostParts}.");
    }

    public static void Push(TextsContext context, PushInput? push, Defects defects)
    {
        var path = context.Language + ".push";
        if (!Belongs(context, path, push is not null, defects) || push is null)
            return;
        PushText(context, path + ".title", push.Title, LongestPushTitle, defects);
        PushText(context, path + ".body", push.Body, LongestPushBody, defects);
    }

    private static void PushText(TextsContext context, string path, string? text, int longest, Defects defects)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            defects.Missing(path);
            return;
        }

        if (Address().IsMatch(text) || Placeholders.In(text).Contains(NoticeKinds.Link))
            defects.Add(path, "Thông báo trên thiết bị tự mở đúng trang; không ghi địa chỉ.", "A notice on a device opens the page by itself: no address.");
        if (context.OpenPlaces(path, text, defects) && context.Fill(text).Length > longest)
            defects.Add(path, $"Quá dài: tối đa {longest} ký tự.", $"Too long: at most {longest} characters.");
    }

    private static bool Belongs(TextsContext context, string path, bool given, Defects defects)
    {
        var wanted = NoticeKinds.IsToldByTelephone(context.Kind);
        if (wanted && !given)
            defects.Missing(path);
        else if (!wanted && given)
            defects.Add(path, "Loại thông báo này không gửi qua điện thoại.", "This kind of notice is not told by telephone.");
        return wanted;
    }

    [GeneratedRegex(@"\[\s*(QC|AD)\s*\]|khuyến mãi|khuyến mại|giảm giá", RegexOptions.IgnoreCase)]
    private static partial Regex Advertising();

    [GeneratedRegex(@"https?:|www\.|\b[a-z0-9-]+\.(vn|com|net|org|me|ly|gl|io|info|top|xyz)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
