namespace HaLong.Notifications.Sending.Sms;

/// <summary>What the result codes of the SOAP provider mean. Assumed but for 0 and 1: each contract has its own annex, and this is the place to put it.</summary>
internal static class SmsSoapCodes
{
    public static ProviderAnswer AnswerOf(int code) => code switch
    {
        1 => new ProviderAnswer.Accepted(null),
        // The RequestID was there before: an attempt whose answer was lost had arrived.
        9 => new ProviderAnswer.Accepted(null),
        2 => new ProviderAnswer.Later("notAuthorised"),
        3 => new ProviderAnswer.Later("addressNotAllowed"),
        4 => new ProviderAnswer.Later("brandname"),
        5 => new ProviderAnswer.Refused("invalidNumber", BadAddress: true),
        6 => new ProviderAnswer.Refused("filtered"),
        7 => new ProviderAnswer.Later("balance"),
        8 => new ProviderAnswer.Later("tooMany", TimeSpan.FromMinutes(1)),
        10 => new ProviderAnswer.Later("away"),
        99 => new ProviderAnswer.Unknown("internal"),
        // 0 is every other refusal; the message beside it is for people.
        _ => new ProviderAnswer.Later($"code {code}"),
    };
}
