namespace HaLong.Notifications.Sending.Zalo;

/// <summary>
/// What Zalo's errors mean for a message (Zalo's list of ZNS error codes; the later ones assumed). What no waiting mends is refused, so that the next channel of the
/// person's order takes over at once: also an account without money or quota, for the person should not wait for our bookkeeping.
/// </summary>
internal static class ZaloCodes
{
    /// <summary>The access token does not hold: another one, and once more.</summary>
    public static bool IsToken(int error) => error is -124 or -216;

    public static bool IsTemplate(int error) => error is -109 or -117 or -127 or -131 or -146;

    public static ProviderAnswer AnswerOf(int error) => error switch
    {
        -108 => new ProviderAnswer.Refused("invalidNumber", BadAddress: true),
        -118 => new ProviderAnswer.Refused("noAccount"),
        -110 or -114 or -119 => new ProviderAnswer.Refused("cannotReceive"),
        -134 or -139 or -141 => new ProviderAnswer.Refused("optedOut"),
        _ when IsTemplate(error) => new ProviderAnswer.Refused("template"),
        -111 or -112 or -113 or -116 or -121 or -122 or -130 or -132 => new ProviderAnswer.Refused("content"),
        -115 or -126 or -137 or -148 => new ProviderAnswer.Refused("balance"),
        -144 or -147 => new ProviderAnswer.Refused("quota"),
        -101 or -102 or -103 or -104 or -105 or -106 or -120 or -125 or -135 or -136 or -138 or -140 or -145 => new ProviderAnswer.Refused("account"),
        // Zalo sends none between 22:00 and 6:00.
        -133 => new ProviderAnswer.Later("night", TimeSpan.FromHours(1)),
        -32 => new ProviderAnswer.Later("tooMany", TimeSpan.FromSeconds(10)),
        -100 => new ProviderAnswer.Unknown("internal"),
        _ when IsToken(error) => new ProviderAnswer.Later("token"),
        _ => new ProviderAnswer.Later($"error {error}"),
    };
}
