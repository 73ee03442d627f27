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
        ["sms.down"] = "the JSON aggregator answers 503",
        ["sms.lostAnswer"] = "the SMS is taken, and the answer is lost; target: a number",
        ["sms.forgetKey"] = "a key that was seen makes another SMS; target: a number",
        ["sms.noQuery"] = "the JSON aggregator cannot be asked about an SMS (501)",
        ["sms.receiptDelay"] = "milliseconds before the receipt; target: a number",
        ["sms.receiptDrop"] = "the receipt is never sent; target: a number",
        ["sms.receiptDuplicate"] = "further copies of the receipt; target: a number",
        ["sms.receiptForged"] = "the receipt carries a forged signature; target: a number",
        ["sms.receiptFailed"] = "it does not arrive: 1 unknown subscriber, 2 absent, 3 blocked, 4 expired, 5 filtered; target: a number",
        ["smsSoap.down"] = "the SOAP aggregator answers 503",
        ["smsSoap.failStatus"] = "HTTP status answered instead of 200; target: a number",
        ["smsSoap.fault"] = "a SOAP fault is answered; target: a number",
        ["smsSoap.errorCode"] = "result code answered instead of 1; target: a number",
        ["smsSoap.delay"] = "milliseconds before the SMS that was taken is answered; target: a number",
        ["smsSoap.drop"] = "the SMS is taken and never arrives; target: a number",
        ["smsSoap.duplicate"] = "further copies of the SMS; target: a number",
        ["smsSoap.lostAnswer"] = "the SMS is taken, and the answer is lost; target: a number",
        ["smsSoap.forgetKey"] = "a RequestID that was seen makes another SMS; target: a number",
        ["smsSoap.noQuery"] = "the SOAP aggregator cannot be asked about an SMS (a fault)",
        ["smsSoap.receiptDelay"] = "milliseconds before the end is known to who asks; target: a number",
        ["smsSoap.receiptDrop"] = "the end never becomes known; target: a number",
        ["smsSoap.receiptFailed"] = "it does not arrive: as for sms.receiptFailed; target: a number",
        ["national.down"] = "the dossier side of the national portal answers 503",
        ["national.tooMany"] = "429 with this many seconds as Retry-After",
        ["national.expiredToken"] = "every token of the national portal runs out",
        ["national.slow"] = "milliseconds before a message about a dossier is taken; target: a dossier code",
        ["national.delay"] = "milliseconds from its answer until a message is applied; target: a dossier code",
        ["national.drop"] = "per cent of messages that are taken and lost; target: a dossier code",
        ["national.lostAnswer"] = "per cent of messages that are taken and never answered; target: a dossier code",
        ["national.reorder"] = "per cent of messages that are applied after a later one, or when released; target: a dossier code",
        ["national.reject"] = "per cent of messages that are refused as incomplete (4002); target: a dossier code",
        ["national.duplicate"] = "per cent of messages that arrive twice; target: a dossier code",
        ["national.forget"] = "per cent of messages that are applied and undone by a restored backup; target: a dossier code",
        ["national.brokenFile"] = "per cent of files of which half is sent",
        ["zalo.down"] = "every address of Zalo answers 503",
        ["zalo.delay"] = "milliseconds before the message that was taken is answered; target: a number",
        ["zalo.errorCode"] = "error answered instead of 0, without its minus; target: a number",
        ["zalo.quota"] = "the day's quota of the account is used up (-144)",
        ["zalo.expiredToken"] = "every access token runs out before the next message",
        ["zalo.refuseRefresh"] = "the refresh token is refused",
        ["zalo.lostRefresh"] = "the refresh token is used up, and the answer is lost",
        ["zalo.templateDisabled"] = "the template is not enabled; target: a template id",
        ["zalo.drop"] = "the message is taken and never arrives; target: a number",
        ["zalo.lostAnswer"] = "the message is taken, and the answer is lost; target: a number",
        ["zalo.receiptDelay"] = "milliseconds before the event; target: a number",
        ["zalo.receiptDrop"] = "the event is never sent; target: a number",
        ["zalo.receiptDuplicate"] = "further copies of the event; target: a number",
        ["zalo.receiptForged"] = "the event carries a forged signature; target: a number",
        ["mail.failStatus"] = "SMTP status answered to the message instead of 250; target: a mailbox",
        ["mail.failRecipient"] = "SMTP status answered to the recipient instead of 250; target: a mailbox",
        ["mail.delay"] = "milliseconds before the message is answered; target: a mailbox",
        ["mail.dropAfterData"] = "the message is kept and the connection closed without an answer; target: a mailbox",
        ["mail.dropBeforeData"] = "the connection is closed when the message is announced; target: a mailbox",
        ["mail.mute"] = "a connection that is asked for a sign of life (NOOP) never says anything again",
        ["mail.bounce"] = "the message is kept, and a report says it came back: 511 means 5.1.1, 1 means 5.1.1 too; target: a mailbox",
        ["mail.delayed"] = "the message is kept, and a report says it has to wait (4.4.1); target: a mailbox",
        ["mail.complain"] = "the message is kept, and a report says its reader called it unwanted; target: a mailbox",
        ["push.tooMany"] = "429 with this many seconds as Retry-After; target: a device",
        ["push.gone"] = "the subscription is gone: 410, or the status given; target: a device",
        ["push.failStatus"] = "HTTP status answered instead of 201; target: a device",
        ["push.delay"] = "milliseconds before the message is answered; target: a device",
        ["push.lostAnswer"] = "the message is kept and the connection aborted; target: a device",
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
