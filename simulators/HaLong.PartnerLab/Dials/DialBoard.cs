namespace HaLong.PartnerLab.Dials;

/// <summary>The faults that are switched on now. Asking for one uses it up once.</summary>
internal sealed class DialBoard
{
    /// <summary>Every dial and what its value means.</summary>
    public static readonly IReadOnlyDictionary<string, string> Known = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["bank.delay"] = "milliseconds before the notice is sent",
        ["bank.duplicate"] = "further copies of the same notice",
        ["bank.drop"] = "the notice is never sent",
        ["bank.wrongSignature"] = "the notice carries a forged signature",
        ["bank.wrongAmount"] = "đồng added to the amount that the notice reports",
        ["bank.reorder"] = "the notice waits until another has overtaken it; in a list: the last comes first",
        ["bank.down"] = "transfers are answered 503, and notices wait",
        ["portal.delay"] = "milliseconds before the payment platform answers or confirms; target: an order number",
        ["portal.duplicate"] = "further copies of the same confirmation; target: an order number",
        ["portal.reorder"] = "a failure under another transaction is confirmed after the payment; target: an order number",
        ["portal.drop"] = "the confirmation is never sent; target: an order number",
        ["portal.wrongAmount"] = "đồng added to the amount that is confirmed and told; target: an order number",
        ["portal.wrongSignature"] = "the check sum of confirmations and answers does not hold; target: an order number",
        ["portal.down"] = "every address of the payment platform answers 503",
        ["portal.refuse"] = "the payment platform refuses the order; target: an order number",
        ["portal.forget"] = "the payment platform does not know the order that it is asked about; target: an order number",
        ["webhooks.failStatus"] = "HTTP status answered instead of 204",
        ["webhooks.delay"] = "milliseconds before the answer",
        ["sms.failStatus"] = "HTTP status answered instead of 202; target: a number",
        ["sms.delay"] = "milliseconds before the SMS is taken and answered; target: a number",
        ["sms.drop"] = "the SMS is taken and never arrives; target: a number",
        ["sms.duplicate"] = "further copies of the SMS; target: a number",
        ["mail.failStatus"] = "SMTP status answered to the message instead of 250",
        ["mail.delay"] = "milliseconds before the message is answered",
        ["vneid.down"] = "every address of the identity provider answers 503",
        ["vneid.delay"] = "milliseconds before the identity provider answers",
        ["vneid.wrongSignature"] = "the id token is signed with a key that is not published",
        ["vneid.wrongNonce"] = "the id token carries the nonce of another request",
        ["vneid.wrongIssuer"] = "the id token names another issuer",
        ["vneid.wrongAudience"] = "the id token is for another client",
        ["vneid.wrongSubject"] = "user info speaks of another person than the id token",
        ["vneid.expired"] = "the id token ran out an hour ago",
        ["vneid.missingClaims"] = "user info holds the subject and nothing else of use",
        ["csc.down"] = "every address of the remote signing service answers 503",
        ["csc.delay"] = "milliseconds before the remote signing service answers",
        ["csc.unknownClient"] = "the remote signing service gives the platform no token",
        ["csc.unauthorized"] = "the remote signing service refuses the token (401)",
        ["csc.forbidden"] = "the remote signing service refuses the platform (403)",
        ["csc.disabled"] = "the key is called disabled; target: a credential",
        ["csc.locked"] = "the credential is locked; target: a credential",
        ["csc.noCode"] = "no code can be sent (503); target: a credential",
        ["csc.refuseCode"] = "the one-time code is refused; target: a credential",
        ["csc.expiredSad"] = "the authorisation has expired when it is used; target: a credential",
        ["csc.wrongCertificate"] = "the credential shows somebody else's certificate; target: a credential",
        ["csc.wrongCount"] = "one signature too many; target: a credential",
        ["csc.wrongSignature"] = "the last signature is over another hash; target: a credential",
        ["csc.lostAnswer"] = "signs, and the answer is lost; target: a credential",
        ["smartca.down"] = "every address of the SmartCA gateway answers 503",
        ["smartca.delay"] = "milliseconds before the SmartCA gateway answers",
        ["smartca.unauthorized"] = "the SmartCA gateway refuses the platform (401)",
        ["smartca.forbidden"] = "the SmartCA gateway refuses the credential (403)",
        ["smartca.wrongCertificate"] = "somebody else's certificate is shown; target: a user id",
        ["smartca.wrongCount"] = "one signature too few; target: a user id",
        ["smartca.wrongSignature"] = "signatures are over another hash; target: a user id",
        ["smartca.lostAnswer"] = "the order is taken, and the answer is lost; target: a user id",
        ["smartca.hookFirst"] = "the person confirms and the notice comes before the answer to the order; target: a user id",
        ["smartca.hookTwice"] = "further copies of the notice; target: a user id",
        ["smartca.hookDelay"] = "milliseconds before the notice; target: a user id",
        ["smartca.dropHook"] = "the notice is never sent; target: a user id",
        ["smartca.wrongHookSignature"] = "the notice carries a forged signature",
    };

    private readonly Lock gate = new();
    private readonly Dictionary<string, Dial> dials = new(StringComparer.Ordinal);

    public IReadOnlyList<Dial> All
    {
        get
        {
            lock (gate)
                return [.. dials.Values];
        }
    }

    /// <summary>Full names meant by a name: itself, or without a prefix ("delay") the bank's and the webhooks' dial of that name.</summary>
    public static IReadOnlyList<string> Resolve(string name) => Known.ContainsKey(name)
        ? [name]
        : [.. Known.Keys.Where(full => full == "bank." + name || full == "webhooks." + name)];

    public void Set(Dial dial)
    {
        lock (gate)
            dials[dial.Name] = dial;
    }

    public void Clear()
    {
        lock (gate)
            dials.Clear();
    }

    public void Clear(string name)
    {
        lock (gate)
            dials.Remove(name);
    }

    /// <summary>The value when the dial is on for this target, else null; counts one use.</summary>
    public double? Take(string name, string? target = null)
    {
        lock (gate)
        {
            if (!dials.TryGetValue(name, out var dial) || (dial.Target is not null && dial.Target != target))
                return null;
            if (dial.Times is { } times)
            {
                if (times <= 1)
                    dials.Remove(name);
                else
                    dials[name] = dial with { Times = times - 1 };
            }

            return dial.Value;
        }
    }
}
