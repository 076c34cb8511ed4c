namespace AiApp.Evals.Caching;

/// <summary>A question in several wordings, each with the kind of change that it is. The first one is the plain wording.</summary>
internal sealed record QuestionTemplate(params (string Kind, string Text)[] Wordings)
{
    public const string Plain = "plain";
    public const string Form = "form";
    public const string Order = "order";
    public const string Synonym = "synonym";

    public static IReadOnlyList<QuestionTemplate> All { get; } =
    [
        new((Plain, "What is the daily meal allowance for trips to {place}?"), (Form, "what's the daily meal allowance for a trip to {place}"),
            (Order, "For trips to {place}, what is the daily meal allowance?"), (Synonym, "How much may I spend on food per day when I travel to {place}?")),
        new((Plain, "How many {unit} of annual leave do employees in {place} have?"), (Form, "How many {unit} of annual leave does an employee in {place} have"),
            (Order, "Employees in {place} have how many {unit} of annual leave?"), (Synonym, "How many vacation {unit} do staff in {place} get?")),
        new((Plain, "What is the maximum weight of a parcel to {place}?"), (Form, "Which is the maximum weight of parcels to {place}"),
            (Order, "To {place}, what is the maximum weight of a parcel?"), (Synonym, "How heavy may a package to {place} be?")),
        new((Plain, "Who approves expenses above {n} {money}?"), (Form, "Who is approving an expense above {n} {money}"),
            (Order, "Above {n} {money}, who approves expenses?"), (Synonym, "Whose approval is needed for costs over {n} {money}?")),
        new((Plain, "Can I return {product} after {n} {unit}?"), (Form, "can I return a {product} after {n} {unit}"),
            (Order, "After {n} {unit}, can I return {product}?"), (Synonym, "Is it possible to give {product} back once {n} {unit} have passed?")),
        new((Plain, "What changed in the travel policy before {date}?"), (Form, "what has changed in our travel policy before {date}"),
            (Order, "Before {date}, what changed in the travel policy?"), (Synonym, "Which amendments did the travel rules get until {date}?")),
        new((Plain, "How do I reset the password of {product}?"), (Form, "how can I reset my {product}'s password"),
            (Order, "The password of {product}, how do I reset it?"), (Synonym, "I forgot my {product} password, what now?")),
        new((Plain, "When does the contract with {name} end?"), (Form, "when will the contract with {name} end"),
            (Order, "The contract with {name}, when does it end?"), (Synonym, "Until which day does the agreement with {name} run?")),
        new((Plain, "What does error {code} on the {product} mean?"), (Form, "what is the meaning of error {code} on a {product}"),
            (Order, "On the {product}, what does error {code} mean?"), (Synonym, "My {product} shows {code}, why?")),
        new((Plain, "Is overtime of more than {n} {unit} paid in {place}?"), (Form, "Are overtimes of more than {n} {unit} paid in {place}"),
            (Order, "In {place}, is overtime of more than {n} {unit} paid?"), (Synonym, "Do people in {place} get money for extra work exceeding {n} {unit}?")),
        new((Plain, "Which rooms in {place} are open with a visitor badge?"), (Form, "what rooms in {place} are open with visitor badges"),
            (Order, "With a visitor badge, which rooms in {place} are open?"), (Synonym, "Where may guests go in {place} if they carry a badge?")),
        new((Plain, "What is the first step to install {product}?"), (Form, "what's the first step to install a {product}"),
            (Order, "To install {product}, what is the first step?"), (Synonym, "How do I begin setting up {product}?")),
        new((Plain, "How long is the warranty of {product} in {place}?"), (Form, "how long is {product}'s warranty in {place}"),
            (Order, "In {place}, how long is the warranty of {product}?"), (Synonym, "For what time is {product} guaranteed in {place}?")),
        new((Plain, "What is the interest rate for loans above {n} {money} since {date}?"), (Form, "which interest rates are for a loan above {n} {money} since {date}"),
            (Order, "Since {date}, what is the interest rate for loans above {n} {money}?"), (Synonym, "How much interest is charged on credits over {n} {money} as of {date}?")),
        new((Plain, "Must I report an accident to {name} before {n} {unit} have passed?"), (Form, "must we report accidents to {name} before {n} {unit} have passed"),
            (Order, "Before {n} {unit} have passed, must I report an accident to {name}?"), (Synonym, "Do I have to tell {name} about an accident within {n} {unit}?")),
        new((Plain, "Does the insurance include dental treatment in {place}?"), (Form, "does our insurance include dental treatments in {place}"),
            (Order, "In {place}, does the insurance include dental treatment?"), (Synonym, "Is the dentist paid by the insurance in {place}?")),
        new((Plain, "What is the minimum order of {product} for customers in {place}?"), (Form, "what's the minimum order of {product} for a customer in {place}"),
            (Order, "For customers in {place}, what is the minimum order of {product}?"), (Synonym, "How few {product} can a client in {place} buy?")),
        new((Plain, "Where do I find the price list of {date}?"), (Form, "where can I find the price lists of {date}"),
            (Order, "The price list of {date}, where do I find it?"), (Synonym, "In which folder are the tariffs of {date}?")),
        new((Plain, "Can a manager overrule an auditor of {name}?"), (Form, "can managers overrule an auditor of {name}"),
            (Order, "An auditor of {name}, can a manager overrule them?"), (Synonym, "Do managers have the last word against auditors of {name}?")),
        new((Plain, "Why was the delivery from {place} to {place2} delayed on {date}?"), (Form, "why was a delivery from {place} to {place2} delayed on {date}"),
            (Order, "On {date}, why was the delivery from {place} to {place2} delayed?"), (Synonym, "What held up the shipment from {place} to {place2} on {date}?")),
    ];
}
